import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How many ports are tried, one after the other. */
const attempts = 20

/** Listens on this machine alone, on `port` or the next free one (any, for 0), and returns the port. */
export async function listen(server: Server, port: number): Promise<number> {
  for (let tried = port; ; tried += 1) {
    try {
      return await open(server, tried)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || tried >= port + attempts) throw error
    }
  }
}

function open(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, 'localhost', () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** Stops listening and ends every connection, those that stream too. */
export function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
