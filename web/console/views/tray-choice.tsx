/** One answer to the question of a tray, with its key. */
export const TrayChoice = ({
  keyName,
  isChosen,
  children,
  onClick,
}: {
  readonly keyName: string | undefined
  readonly isChosen?: boolean
  readonly children: string
  readonly onClick: () => void
}) => (
  <button type="button" class="tray-choice" aria-pressed={isChosen} onClick={onClick}>
    {keyName && <kbd>{keyName}</kbd>}
    <span>{children}</span>
  </button>
)
