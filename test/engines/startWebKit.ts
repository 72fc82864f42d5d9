import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import type { TestProject } from 'vitest/node'

/** Starts the driver of WebKit, on a screen of its own where there is none. */
export default async function startWebKit(project: TestProject): Promise<() => Promise<void>> {
  const started: ChildProcess[] = []
  const stop = async () => {
    // The browser goes first: it is asked to through the driver.
    await project.browser?.provider.close()
    for (const child of started.reverse()) {
      if (child.exitCode !== null) continue
      const exit = once(child, 'exit')
      child.kill()
      await exit
    }
  }

  try {
    const screen = process.env.DISPLAY ?? (await startScreen(started))
    const { webKitPort: port } = project.getProvidedContext()
    const driver = start('WebKitWebDriver', 'webkit2gtk-driver', ['--host=127.0.0.1', `--port=${port}`], {
      DISPLAY: screen,
      LIBGL_ALWAYS_SOFTWARE: '1',
    })
    started.push(driver.child)
    await Promise.race([listening(port), driver.failed])
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}

async function startScreen(started: ChildProcess[]): Promise<string> {
  const args = ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp']
  const { child, failed } = start('Xvfb', 'xvfb', args, {})
  started.push(child)
  const number = new Promise<string>((resolve) => {
    child.stdio[3]?.once('data', (data: Buffer) => resolve(data.toString().trim()))
  })
  return `:${await Promise.race([number, failed])}`
}

function start(command: string, debianPackage: string, args: string[], env: NodeJS.ProcessEnv) {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const failed = new Promise<never>((_, reject) => {
    const fail = (cause: unknown) =>
      reject(new Error(`${command} did not start. On Debian: apt-get install ${debianPackage}.`, { cause }))
    child.once('error', fail)
    child.once('exit', fail)
  })
  failed.catch(() => undefined)
  return { child, failed }
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    })
    socket.destroy()
    if (isOpen) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
