import { textParts } from '../state/text-parts'

/** Words that somebody wrote: text and nothing else, with safe addresses as links. */
export const Said = ({ text }: { readonly text: string }) => (
  <>
    {textParts(text).map(({ text: part, href }, index) =>
      href ? (
        <a key={index} href={href} target="_blank" rel="noopener noreferrer">
          {part}
        </a>
      ) : (
        part
      ),
    )}
  </>
)
