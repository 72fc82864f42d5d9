import { execFileSync } from 'node:child_process'

/** What decides how every other file is checked. */
const rules = /^(package(-lock)?\.json|eslint\.config\.js|tsconfig[^/]*\.json|\.prettier(rc|ignore))$/

/**
 * The files of a folder that its remote's main branch doesn't have, or has otherwise: committed or not. The whole
 * folder (`.`) where git can't tell, and when what differs decides how every file is checked.
 */
export function changedFiles(folder) {
  const git = (...args) =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    const base = git('merge-base', 'HEAD', 'origin/HEAD').trim()
    const files = [
      git('diff', '--name-only', '--relative', '--diff-filter=d', '-z', base),
      git('ls-files', '--others', '--exclude-standard', '-z'),
    ].flatMap((names) => names.split('\0').filter(Boolean))
    return files.some((file) => rules.test(file)) ? ['.'] : files
  } catch {
    return ['.']
  }
}
