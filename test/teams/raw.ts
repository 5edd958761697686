import { connect } from 'node:net'

/** Sends bytes as they are and gives the head of the answer, or undefined when none came while the body was awaited. */
export function sendRaw(
  url: string,
  bytes: string,
  patienceMs: number,
): Promise<string | undefined> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    const end = (answer: string | undefined) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(answer)
    }
    const timer = setTimeout(() => end(undefined), patienceMs)
    let text = ''
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('\r\n\r\n')) end(text)
    })
    socket.on('error', reject)
  })
}
