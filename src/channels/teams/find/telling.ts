import { placeOf } from '../../../../dialogs'
import { chooseWay, type Device, type Facts, type Fix, type Way } from '../../../../knowledge'
import type { ShownSteps } from '../cards'

/**
 * The steps to send to somebody of whom nothing is known: those for the device that was typed, or else for the first one
 * that the pack has steps for. Undefined where there are none.
 */
export function tellingOf(
  ways: readonly Way[],
  facts: Facts,
  who?: Fix['who'],
): ShownSteps | undefined {
  const devices = [...new Set(ways.flatMap((way) => way.devices ?? []))]
  const [first] = devices
  const places = facts.device === undefined ? [first] : [facts.device, first]
  const roles = [facts.role ?? who?.[0] ?? 'member', 'member', 'owner'] as const
  const choices = places.flatMap((device) =>
    roles.map((role) =>
      chooseWay(ways, { system: facts.system ?? 'unknown', role, ...(device && { device }) }),
    ),
  )
  const choice = choices.find((each) => each.choice === 'way')
  if (choice?.choice !== 'way') return undefined
  const { way } = choice
  const own = way.devices ?? []
  return {
    places: own.map(nameOf),
    otherPlaces: own.length === 0 ? [] : devices.filter((each) => !own.includes(each)).map(nameOf),
    steps: way.steps,
    ...(way.check !== undefined && { check: way.check }),
  }
}

const nameOf = (device: Device): string => placeOf({ device })?.replace(/^an? /, '') ?? device
