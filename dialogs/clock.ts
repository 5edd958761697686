/** A time of day as the person's clock shows it ("14:20"), or undefined when their time zone is not known. */
export function clockTime(at: number, timeZone: string | undefined): string | undefined {
  if (timeZone === undefined) return undefined
  try {
    return new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
    }).format(at)
  } catch (error) {
    // A zone that nobody knows: clients send what their browser says.
    if (error instanceof RangeError) return undefined
    throw error
  }
}
