import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { devNull, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { changedFiles } from '../changedFiles.js'

const hasGit = spawnSync('git', ['--version']).status === 0

// `npm test` lints and formats these: one too few would go unnoticed.
describe.runIf(hasGit)('what a clone changed', () => {
  let parent: string
  let clone: string
  const git = (folder: string, ...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  const write = (file: string) => {
    mkdirSync(dirname(join(clone, file)), { recursive: true })
    writeFileSync(join(clone, file), 'new\n')
  }
  const commit = (folder: string) => {
    git(folder, 'add', '.')
    git(folder, 'commit', '-m', 'chore: go on')
  }

  beforeEach(() => {
    for (const name of Object.keys(process.env).filter((key) => key.startsWith('GIT_')))
      vi.stubEnv(name, undefined)
    vi.stubEnv('GIT_CONFIG_GLOBAL', devNull)
    vi.stubEnv('GIT_CONFIG_NOSYSTEM', '1')
    parent = mkdtempSync(join(tmpdir(), 'changed-files-'))
    const origin = join(parent, 'origin')
    git(parent, 'init', 'origin', '-b', 'main')
    for (const file of ['a.ts', 'b.ts', '.gitignore', 'tsconfig.json'])
      writeFileSync(join(origin, file), 'dist\n')
    commit(origin)
    git(parent, 'clone', 'origin', 'clone')
    clone = join(parent, 'clone')
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(parent, { recursive: true })
  })

  it('is nothing at first', () => {
    expect(changedFiles(clone)).toEqual([])
  })

  it('is what it edited, staged, committed or added, on any branch, and not what it deleted or ignores', () => {
    git(clone, 'switch', '-c', 'topic')
    write('committed file.ts')
    commit(clone)
    write('a.ts')
    write('staged.ts')
    git(clone, 'add', 'staged.ts')
    write('ünï.ts')
    write('dist')
    rmSync(join(clone, 'b.ts'))
    expect(changedFiles(clone).sort()).toEqual(['a.ts', 'committed file.ts', 'staged.ts', 'ünï.ts'])
  })

  it('is the new name of what it renamed', () => {
    git(clone, 'mv', 'a.ts', 'c.ts')
    expect(changedFiles(clone)).toEqual(['c.ts'])
  })

  it('is no link, nor a repository within it', () => {
    symlinkSync('a.ts', join(clone, 'link.ts'))
    symlinkSync('.', join(clone, 'node_modules'))
    git(clone, 'clone', '../origin', 'within')
    expect(changedFiles(clone)).toEqual([])
  })

  it('is not what the main branch changed meanwhile', () => {
    writeFileSync(join(parent, 'origin', 'b.ts'), 'newer\n')
    commit(join(parent, 'origin'))
    git(clone, 'fetch')
    write('a.ts')
    expect(changedFiles(clone)).toEqual(['a.ts'])
  })

  it.each([
    'package-lock.json',
    'eslint.config.js',
    '.prettierrc.json',
    'b/tsconfig.json',
    'b/.prettierignore',
  ])('is everything when %s differs', (file) => {
    write(file)
    expect(changedFiles(clone)).toEqual(['.'])
  })

  it('is everything when a configuration is deleted or renamed', () => {
    rmSync(join(clone, 'tsconfig.json'))
    expect(changedFiles(clone)).toEqual(['.'])
    git(clone, 'checkout', 'tsconfig.json')
    expect(changedFiles(clone)).toEqual([])
    git(clone, 'mv', 'tsconfig.json', 'old.ts')
    expect(changedFiles(clone)).toEqual(['.'])
  })

  it('is everything for a copy inside another repository', () => {
    write('b/a.ts')
    expect(changedFiles(join(clone, 'b'))).toEqual(['.'])
  })

  it('is everything without a remote, and without git', () => {
    git(clone, 'remote', 'remove', 'origin')
    expect(changedFiles(clone)).toEqual(['.'])
    rmSync(join(clone, '.git'), { recursive: true })
    expect(changedFiles(clone)).toEqual(['.'])
  })
})
