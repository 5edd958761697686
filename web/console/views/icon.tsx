const paths = {
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9Zm3.3 7.8L14 14',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  close: 'm4 4 8 8m0-8-8 8',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6Z',
  check: 'm3 8.5 3.2 3L13 4.5',
  cross: 'm4.5 4.5 7 7m0-7-7 7',
  half: 'M8 2.5v11M8 2.5a5.5 5.5 0 0 0 0 11Z',
  right: 'm6 3.5 4.5 4.5L6 12.5',
  minus: 'M4 8h8',
  pause: 'M6 4v8m4-8v8',
  warn: 'M8 2.2 14.3 13H1.7L8 2.2Zm0 4.3v3m0 1.7v.1',
  down: 'M8 3v9.5m-4-4 4 4 4-4',
} as const

/** A small line drawing that says nothing by itself: words or a label stand beside it. */
export const Icon = ({ name, class: more = '' }: { name: keyof typeof paths; class?: string }) => (
  <svg class={`icon ${more}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    <path
      d={paths[name]}
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>
)
