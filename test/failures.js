// test/FAILURES.md and the titles of the tests, kept in step. With --write the files of each row are filled in.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

const folder = import.meta.dirname
const list = join(folder, 'FAILURES.md')

/** The files whose titles bear a row, by row. */
function readTitles() {
  const rows = new Map()
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && /\.test\.tsx?$/.test(file.name))
    .map((file) => relative(folder, join(file.parentPath, file.name)).split(sep).join('/'))
  for (const file of files.sort())
    for (const [, numbers] of withoutComments(join(folder, file)).matchAll(
      /\brows? (\d+(?:(?:,| and) (?:rows? )?\d+)*)\)/g,
    ))
      for (const row of numbers.match(/\d+/g)) rows.set(row, (rows.get(row) ?? new Set()).add(file))
  return rows
}

const withoutComments = (file) => readFileSync(file, 'utf8').replace(/^\s*\/\/.*$/gm, '')

const titles = readTitles()
const entry = /^\| *(\d+) *\|(.*)\|([^|]*)\|$/gm
const shownBy = (row) => [...(titles.get(row) ?? [])].map((file) => `\`${file}\``).join(' ')

if (process.argv.includes('--write')) {
  const filled = readFileSync(list, 'utf8').replace(
    entry,
    (_, row, words) => `| ${row} |${words}| ${shownBy(row)} |`,
  )
  writeFileSync(list, filled)
}

const entries = new Map()
const problems = []
for (const [, row, words, files] of readFileSync(list, 'utf8').matchAll(entry)) {
  if (entries.has(row)) problems.push(`Row ${row} stands in test/FAILURES.md twice.`)
  if (words.split('|').some((text) => text.trim() === '')) problems.push(`Row ${row} has no words.`)
  entries.set(row, files.trim())
}
for (const row of titles.keys())
  if (!entries.has(row)) problems.push(`Row ${row} is missing: ${shownBy(row)} bears it.`)
for (const [row, files] of entries) {
  if (!titles.has(row)) problems.push(`Row ${row} is in no title of a test.`)
  else if (files !== shownBy(row))
    problems.push(
      `Row ${row} names ${files || 'no file'}, but ${shownBy(row)} bears it: run node test/failures.js --write`,
    )
}

console.log(problems.length === 0 ? `${entries.size} rows, each shown by a test.` : problems.join('\n'))
process.exitCode = problems.length === 0 ? 0 : 1
