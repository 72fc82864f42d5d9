import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const guides = readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'))
const texts = ['README.md', ...guides.map((file) => `docs/${file}`)]

interface Snippet {
  text: string
  line: number
  /** The file in which the compiler finds it. */
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
      file: `${text.replaceAll('/', '-')}.${line}.${kind}`,
      code: `${'\n'.repeat(line)}${code}export {}\n`,
    }
  })
}

const snippets = texts.flatMap(snippetsOf)
const problems = compile(snippets)

/** What the compiler finds wrong in modules, with their lines. */
function compile(modules: readonly Snippet[]): string[] {
  const folder = join(root, 'node_modules/.cache/snippets')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const { file, code } of modules) writeFileSync(join(folder, file), code)
  const project = {
    extends: '../../../tsconfig.json',
    files: ['../../../test/package/snippetPrelude.d.ts', ...modules.map(({ file }) => file)],
    include: [],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(project))
  const compiler = join(root, 'node_modules/typescript-7/bin/tsc')
  const { stdout, stderr, status } = spawnSync(process.execPath, [compiler, '-p', '.', '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
  })
  const found = stdout.split('\n').filter((line) => line.includes(': error TS'))
  if (status !== 0 && found.length === 0) throw new Error(`The compiler failed: ${stdout}${stderr}`)
  return found
}

describe('a snippet pasted into a strict TypeScript project compiles', () => {
  it.each(snippets)('$text, line $line', (snippet) => {
    expect(problems.filter((problem) => problem.startsWith(`${snippet.file}(`))).toEqual([])
  })

  it('needs nothing else that fails to compile', () => {
    const files = new Set(snippets.map(({ file }) => file))
    expect(problems.filter((problem) => !files.has(problem.split('(')[0]!))).toEqual([])
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
