const paths = {
  menu: 'M3 8h.01M8 8h.01M13 8h.01',
  close: 'm4 4 8 8m0-8-8 8',
  right: 'm6 3.5 4.5 4.5L6 12.5',
  warn: 'M8 2.2 14.3 13H1.7L8 2.2Zm0 4.3v3m0 1.7v.1',
  down: 'M8 3v9.5m-4-4 4 4 4-4',
  send: 'M8 13V3.5m-4.5 4L8 3l4.5 4.5',
  picture: 'M2.5 3.5h11v9h-11zm0 7.5 3-3 2.5 2.5 2-2 3.5 3.5M10.5 6h.01',
  check: 'm3 8.5 3.2 3L13 4.5',
} as const

/** A small line drawing that says nothing by itself: words or a label stand beside it. */
export const Icon = ({ name, class: more = '' }: { name: keyof typeof paths; class?: string }) => (
  <svg class={`icon ${more}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    <path
      d={paths[name]}
      fill="none"
      stroke="currentColor"
      stroke-width={name === 'menu' ? 2.6 : 1.6}
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>
)
