/** Props as someone gives them: each may be `null`, which is as good as left out. */
export type Given<Props> = { [Name in keyof Props]?: Props[Name] | null | undefined }

/** Props without those that are `null` or `undefined`, so that none of them stands over a default. */
export function given<Props extends object>(props: Given<Props> | null | undefined): Partial<Props> {
  return Object.fromEntries(
    Object.entries(props ?? {}).filter(([, value]) => value != null),
  ) as Partial<Props>
}
