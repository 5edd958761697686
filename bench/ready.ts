/** Tells the process that measures which port to use. */
export const sayReady = (port: number): boolean => process.stdout.write(`ready ${port}\n`)

/** The port in what a server wrote, once it has said it. */
export const portIn = (output: string): number | undefined => {
  const [, port] = /^ready (\d+)$/m.exec(output) ?? []
  return port === undefined ? undefined : Number(port)
}
