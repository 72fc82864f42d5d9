const visible = /[^\s\p{Default_Ignorable_Code_Point}\u2800]/u

/** Whether nothing in a text can be seen: white space, zero-width and other invisible characters only. */
export function isBlank(text: string): boolean {
  return !visible.test(text)
}
