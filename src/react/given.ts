/** Props as a host gives them. `null` counts as left out. */
export type Given<Props> = { [Name in keyof Props]?: Props[Name] | null | undefined }

/** Props without `null` and `undefined`, so that neither overrides a default. */
export function given<Props extends object>(props: Given<Props> | null | undefined): Partial<Props> {
  return Object.fromEntries(
    Object.entries(props ?? {}).filter(([, value]) => value != null),
  ) as Partial<Props>
}
