/** Today's names of zones whose old ones the runtime lists (IANA, backward). */
const RENAMED = [
  'America/Argentina/Buenos_Aires',
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Europe/Kyiv',
]

/** Names of IANA time zones to offer while one is typed, in the order of the alphabet; others are taken as well. */
export const timeZones: readonly string[] = [
  ...new Set([...Intl.supportedValuesOf('timeZone'), ...RENAMED, 'UTC']),
].sort()
