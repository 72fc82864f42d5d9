import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const src = fileURLToPath(new URL('../../src', import.meta.url))

/** Every module of the source, and what it imports of the others: values, types, and what loads later. */
const imports = new Map(
  readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(src, file))
    .map((file) => [file, importsOf(file)]),
)

function importsOf(file: string): string[] {
  const specifiers = readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport\(|^import)\s*'(\.[^']+)\.js'/gm)
  return [...specifiers].map(([, path]) => join(dirname(file), path!))
}

const find = (path: string) => [`${path}.ts`, `${path}.tsx`].find((file) => imports.has(file))

/** The modules on the way from one back to itself. */
function circleFrom(file: string, way: readonly string[], isClear: Set<string>): string[] | null {
  if (way.includes(file)) return [...way.slice(way.indexOf(file)), file]
  if (isClear.has(file)) return null
  for (const path of imports.get(file) ?? []) {
    const circle = circleFrom(find(path) ?? path, [...way, file], isClear)
    if (circle !== null) return circle
  }
  isClear.add(file)
  return null
}

it('no module of the source imports itself in a circle, types included', () => {
  const isClear = new Set<string>()
  const circles = [...imports.keys()].map((file) => circleFrom(file, [], isClear))
  expect(circles.find((circle) => circle !== null)?.map((file) => relative(src, file))).toBeUndefined()
})

it('every import of the source is found', () => {
  const missing = [...imports.values()].flat().filter((path) => find(path) === undefined)
  expect(missing.map((path) => relative(src, path))).toEqual([])
  expect([...imports.values()].flat().length).toBeGreaterThan(imports.size)
})

it('every module of the source has ten lines or more, or serves more than one', () => {
  const importers = (file: string) =>
    [...imports.values()].filter((paths) => paths.some((path) => find(path) === file)).length
  const tiny = [...imports.keys()]
    .filter((file) => /(?<!\.d)\.tsx?$/.test(file) && readFileSync(file, 'utf8').split('\n').length <= 10)
    .filter((file) => importers(file) === 1)
    .map((file) => relative(src, file).replaceAll('\\', '/'))
  expect(tiny).toEqual([])
})
