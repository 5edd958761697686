/** What the one line may say of how the chat looks; everything has a good value without it. */
const attributes = ['accent', 'theme', 'position', 'title', 'greeting', 'opener', 'open']

/** The wishes in a query or a form: what is not wished is not in it. */
export const wishesIn = (entries) =>
  Object.fromEntries(
    [...entries].filter(([name, value]) => attributes.includes(name) && value !== ''),
  )

/** The line to copy. */
export const tagFor = (source, wishes) =>
  `<script src="${escape(source)}"${Object.entries(wishes)
    .map(([name, value]) => ` data-${name}="${escape(value)}"`)
    .join('')} async></script>`

const escape = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
