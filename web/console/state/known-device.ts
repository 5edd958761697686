import { words } from '../words'

export type DeviceId = keyof typeof words.facts.devices

/** Whether what the brief tells ("iPhone with iOS 18") is this device. */
export const isKnownDevice = (told: string | undefined, id: DeviceId): boolean =>
  told?.split(' with ')[0] ===
  (id === 'other' ? words.facts.anotherDevice : words.facts.devices[id])
