import { execFileSync } from 'node:child_process'
import { lstatSync } from 'node:fs'
import { join } from 'node:path'

/** What may decide how other files are checked: dotfiles, configurations, the lock. */
const decisive = /(^|\/)\.[^/]+$|\.json$|\.config\.\w+$/

/**
 * The files of a repository that `origin/HEAD` doesn't have, or has otherwise: committed or not. The whole folder (`.`)
 * when one of them may decide how others are checked, and where git can't tell.
 */
export function changedFiles(folder) {
  const git = (...args) =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    const isInsideAnother = git('rev-parse', '--show-prefix').trim() !== ''
    if (isInsideAnother) return ['.']
    const base = git('merge-base', 'HEAD', 'origin/HEAD').trim()
    const names = [
      git('diff', '--name-only', '--no-renames', '-z', base),
      git('ls-files', '--others', '--exclude-standard', '-z'),
    ].flatMap((list) => list.split('\0').filter(Boolean))
    return names.some((name) => decisive.test(name)) ? ['.'] : names.filter((name) => isFile(folder, name))
  } catch {
    return ['.']
  }
}

/** Deleted ones are none, nor are links, or repositories within this one. */
function isFile(folder, name) {
  return lstatSync(join(folder, name), { throwIfNoEntry: false })?.isFile() === true
}
