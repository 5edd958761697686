/** A random id in the shape of a UUID of version 4. (The browser's own is there on secure pages only.) */
export const newId = (random: () => number): string =>
  'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => Math.floor(random() * 16).toString(16))
