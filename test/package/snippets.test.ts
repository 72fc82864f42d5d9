import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const guides = readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'))
const texts = ['README.md', ...guides.map((file) => `docs/${file}`)]

interface Snippet {
  text: string
  line: number
  /** The name of the module that the compiler takes it for. */
  file: string
  /** Its code, at the lines that it has in its text. */
  code: string
}

function snippetsOf(text: string): Snippet[] {
  const content = readFileSync(join(root, text), 'utf8')
  return [...content.matchAll(/^```(tsx?)\n([^]*?)^```$/gm)].map(({ 1: kind, 2: code, index }) => {
    const line = content.slice(0, index).split('\n').length
    return {
      text,
      line,
      file: join(root, `${text.replaceAll('/', '-')}.${line}.${kind}`),
      code: `${'\n'.repeat(line)}${code}export {}\n`,
    }
  })
}

const snippets = texts.flatMap(snippetsOf)
const program = compile(snippets)

function compile(modules: readonly Snippet[]): ts.Program {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as {
    config: object
  }
  const prelude = join(root, 'test/package/snippetPrelude.d.ts')
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, files: [prelude], include: [] },
    ts.sys,
    root,
  )
  const codes = new Map(modules.map(({ file, code }) => [file, code]))
  const host = ts.createCompilerHost(options)
  return ts.createProgram({
    rootNames: [prelude, ...codes.keys()],
    options,
    host: {
      ...host,
      fileExists: (file) => codes.has(file) || host.fileExists(file),
      readFile: (file) => codes.get(file) ?? host.readFile(file),
      getSourceFile(file, ...rest) {
        const code = codes.get(file)
        return code === undefined
          ? host.getSourceFile(file, ...rest)
          : ts.createSourceFile(file, code, rest[0])
      },
    },
  })
}

/** What the compiler finds wrong, each with its line in the text. */
function problemsOf({ text, file }: Snippet): string[] {
  const source = program.getSourceFile(file)
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
    ({ start = 0, messageText }) => {
      const line = source!.getLineAndCharacterOfPosition(start).line + 1
      return `${text}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
    },
  )
}

describe('a snippet pasted into a strict TypeScript project compiles', () => {
  it.each(snippets)('$text, line $line', (snippet) => {
    expect(problemsOf(snippet)).toEqual([])
  })

  it('is looked for in README and every guide', () => {
    expect([...new Set(snippets.map(({ text }) => text))].sort()).toEqual([
      'README.md',
      'docs/styling.md',
      'docs/testing.md',
    ])
    expect(snippets.filter(({ text }) => text === 'README.md').length).toBeGreaterThan(4)
  })
})
