import type { LauncherWords, Words } from './en'

/** Alle Sätze der Oberfläche auf Deutsch. */
export const de: Words = {
  language: 'de',
  direction: 'ltr',

  header: {
    title: 'Hilfe-Chat',
    menu: 'Menü',
    close: 'Chat schließen',
  },

  state: {
    connecting: 'Verbindung wird aufgebaut…',
    reconnecting: 'Verbindung wird wiederhergestellt…',
    offline: 'Offline. Was Sie schreiben, wartet',
    unreachable: 'Keine Verbindung. Neuer Versuch läuft…',
    busy: 'Gerade viel los. Gleich neuer Versuch…',
    busyUntil: (time) => `Gerade viel los. Neuer Versuch um ${time} Uhr`,
    refused: 'Auf dieser Seite lässt sich der Chat nicht öffnen',
    refusedKept:
      'Auf dieser Seite lässt sich der Chat nicht öffnen. Was Sie geschrieben haben, bleibt erhalten',
    ended: 'Diese Unterhaltung ist beendet. Ihre nächste Nachricht beginnt eine neue',
    stuck: 'Ihre Nachricht ist noch nicht gesendet. Neuer Versuch läuft…',
    bot: 'Wir antworten sofort',
    agent: (name) => `${name} ist da`,
    person: 'Ein Mensch ist da',
    queue: 'Sie warten auf einen Menschen',
    queuePlace: (place) =>
      place === 1 ? 'Sie sind als Nächstes dran' : `Sie warten auf einen Menschen, Platz ${place}`,
    aboutMinutes: (minutes) => `etwa ${minutes} Min.`,
    answers: (when) => `Antwort ${when}`,
    opensAt: (time) => `Menschen antworten ab ${time} Uhr`,
  },

  menu: {
    renew: 'Neue Unterhaltung beginnen',
    link: 'Auf einem anderen Gerät fortsetzen',
    forget: 'Meine Daten löschen',
    sound: 'Ton bei neuen Nachrichten',
    times: 'Uhrzeiten zeigen',
  },

  renew: {
    question: 'Neue Unterhaltung beginnen? Diese wird auf diesem Gerät geschlossen.',
    yes: 'Neu beginnen',
    no: 'Diese behalten',
    failed:
      'Gerade kann keine neue Unterhaltung begonnen werden. Diese bleibt erhalten. Bitte versuchen Sie es später noch einmal.',
  },

  forget: {
    question:
      'Diese Unterhaltung und alles, was dazu gespeichert ist, löschen? Das lässt sich nicht rückgängig machen. Falls Ihnen gerade ein Mensch hilft, endet auch das.',
    yes: 'Meine Daten löschen',
    no: 'Behalten',
    done: 'Ihre Daten sind gelöscht. Ihre nächste Nachricht beginnt eine neue Unterhaltung.',
    failed:
      'Es ließ sich nicht feststellen, ob gelöscht wurde. Bitte versuchen Sie es noch einmal.',
  },

  link: {
    title: 'Auf einem anderen Gerät fortsetzen',
    hint: 'Öffnen Sie dort diesen Link. Wer ihn hat, kann diese Unterhaltung lesen und darin schreiben.',
    address: 'Link zu dieser Unterhaltung',
    copy: 'Kopieren',
    mail: 'Per E-Mail senden',
    close: 'Fertig',
    copied: 'Kopiert.',
    notCopied: 'Bitte markieren Sie den Link und kopieren Sie ihn.',
    subject: 'Meine Unterhaltung mit der Hilfe',
    body: (link) =>
      `Öffnen Sie diesen Link, um die Unterhaltung fortzusetzen:\n\n${link}\n\nWer den Link hat, kann die Unterhaltung lesen und darin schreiben.`,
    none: 'Es gibt noch nichts fortzusetzen. Schreiben Sie zuerst eine Nachricht.',
    opened:
      'Diese Unterhaltung wurde mit einem Link geöffnet. Wer den Link hat, kann sie auch lesen.',
    failed: 'Dieser Link gilt nicht mehr, oder ein Teil davon fehlt.',
  },

  empty: {
    hello: 'Schreiben Sie in eigenen Worten, was nicht geht.',
    examples: 'Zum Beispiel',
    bot: 'Hier antwortet ein Bot. Ein Mensch kann jederzeit übernehmen.',
  },

  talk: {
    label: 'Unterhaltung',
    you: 'Sie',
    bot: 'Hilfe',
    newer: 'Neue Nachrichten',
    typing: (name) => `${name} schreibt…`,
    earlier: (count) =>
      count === 1 ? 'Eine frühere Nachricht zeigen' : `${count} frühere Nachrichten zeigen`,
    dismiss: 'Ausblenden',
  },

  sent: {
    sending: 'Wird gesendet…',
    sent: 'Gesendet',
    waiting: 'Wartet auf das Netz',
    later: 'Noch nicht gesendet. Wird von selbst gesendet',
    failed: 'Nicht gesendet',
    again: 'Noch einmal',
    drop: 'Entfernen',
    refused: {
      tooLong: 'Sie ist zu lang. Bitte senden Sie sie in Teilen.',
      ended: 'Diese Frage ist nicht mehr offen: ihre Unterhaltung ist beendet.',
      other: 'Der Server hat sie nicht angenommen.',
    },
  },

  files: {
    attach: 'Bild oder Aufnahme senden',
    chosen: 'Geht mit Ihrer Nachricht mit',
    remove: (name) => `${name} entfernen`,
    size: (megabytes) => `${megabytes} MB`,
    unfit: {
      kind: (name) => `${name} lässt sich nicht senden. Bilder und Bildschirmaufnahmen gehen.`,
      size: (name, most) => `${name} ist zu groß. Eine Datei hat höchstens ${most}.`,
      empty: (name) => `${name} ist leer.`,
      count: (most) =>
        most === 1
          ? 'Mit einer Nachricht geht eine Datei.'
          : `Mit einer Nachricht gehen höchstens ${most} Dateien.`,
    },
    picture: (name) => `Bild: ${name}`,
    film: (name) => `Aufnahme: ${name}`,
    broken: (name) => `${name} lässt sich gerade nicht zeigen. Laden Sie die Seite neu.`,
    waiting: 'Lassen Sie diese Seite offen: beim Schließen oder Neuladen gehen Dateien verloren.',
    refused: {
      FileTooLarge: 'Die Datei ist zu groß.',
      BodyTooLarge: 'Die Dateien sind zusammen zu groß.',
      TooManyFiles: 'Das sind zu viele Dateien auf einmal.',
      UnknownKind: 'Nur Bilder und Bildschirmaufnahmen lassen sich senden.',
      FileDamaged: 'Die Datei ist beschädigt.',
      EnoughForToday: 'Mehr lässt sich an einem Tag nicht senden.',
      UploadsFull: 'Für Dateien ist gerade kein Platz. Bitte sagen Sie es in Worten.',
      UploadsOff: 'Dateien werden hier nicht angenommen. Bitte sagen Sie es in Worten.',
      UploadFailed: 'Die Datei kommt von hier aus nicht durch.',
    },
  },

  rung: {
    fix: (number, about) =>
      (about ?? 1) > 1 ? `Lösung ${number} von etwa ${about}` : `Lösung ${number}`,
    minutes: (minutes) => `${minutes} Min.`,
    careful: 'Bevor Sie anfangen',
    answers: 'Ihre Antwort',
    by: (name) => `Von ${name}`,
    results: {
      helped: 'hat geholfen',
      noHelp: 'hat nicht geholfen',
      partly: 'teilweise',
      tried: 'schon versucht',
      later: 'später',
      skipped: 'übersprungen',
      cannot: 'nicht möglich',
      found: 'gefunden',
      notFound: 'nicht gefunden',
    },
    again: 'In 1 Stunde fragen',
    askAgain: 'Bitte in einer Stunde noch einmal fragen',
  },

  rating: {
    label: 'Wie war es?',
    bad: 'Schlecht',
    good: 'Gut',
    score: (score) => `${score} von 5`,
  },

  person: {
    ask: 'Mit einem Menschen sprechen',
    leave: 'Nicht länger warten',
    noLonger: 'Ich brauche keinen Menschen mehr',
  },

  write: {
    label: 'Ihre Nachricht',
    hint: 'Schreiben Sie, was Sie sehen…',
    send: 'Senden',
    left: (count) => `noch ${count} Zeichen`,
  },
}

/** Was der Knopf auf der Seite sagt. */
export const launcherDe: LauncherWords = {
  open: 'Chat öffnen',
  close: 'Chat schließen',
  title: 'Hilfe im Chat',
  unread: (count) => (count === 1 ? '1 ungelesene Nachricht' : `${count} ungelesene Nachrichten`),
  failed: 'Chat in eigenem Fenster öffnen',
}
