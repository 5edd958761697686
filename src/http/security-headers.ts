/** What every answer carries unless it says otherwise: nothing is sniffed, framed, referred to or kept. */
export const securityHeaders = (publicUrl: string | undefined): Record<string, string> => ({
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  Vary: 'Origin',
  ...(publicUrl?.startsWith('https:')
    ? { 'Strict-Transport-Security': 'max-age=31536000' }
    : undefined),
})
