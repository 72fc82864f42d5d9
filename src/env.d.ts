// The one thing that the sources ask of Node's globals; every bundler replaces it.
declare namespace NodeJS {
  interface ProcessEnv {
    readonly NODE_ENV?: string | undefined
  }
  interface Process {
    readonly env: ProcessEnv
  }
}
// eslint-disable-next-line no-var -- only a var may be declared again by @types/node
declare var process: NodeJS.Process
