/** Copies what an element says, or marks it where the browser does not let us. Gives whether it was copied. */
export async function copy(element) {
  try {
    await navigator.clipboard.writeText(element.textContent)
    return true
  } catch {
    getSelection().selectAllChildren(element)
    return false
  }
}
