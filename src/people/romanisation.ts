import { remembering } from './memory.ts'

/** How names of other scripts and languages are spelled in Latin letters, and what their several spellings have in common. All take plain lower-case ASCII letters. */

/** Japanese in one spelling, `shoji` for Syouzi; empty for what can't be Japanese. */
export function romajiOf(plain: string): string {
  return romaji.test(plain) ? hepburn(plain) : ''
}

/** What is heard of a word, whoever romanised it: `arefiev` for Arefyev, `sunsuke` for Shunsuke and Syunsuke, `mohamed` for Mohammed. */
export function soundOf(plain: string): string {
  const japanese = romajiOf(plain)
  // Hepburn's fu is the hu of others: Hussein may be read as Japanese, Husayn not.
  let sound = japanese === '' ? plain.replace(/t[sz]/g, 'z') : japanese.replace(/fu/g, 'hu')
  for (const [written, heard] of sounds) sound = sound.replace(written, heard)
  return sound
}

const sounds: readonly (readonly [RegExp, string])[] = [
  [/^ye/g, 'e'],
  [/dj/g, 'd'],
  [/ks|xs/g, 'x'],
  // Not that of Vishwanathan.
  [/(?<![cs])hw/g, 'hu'],
  [/c(?=[aorult])/g, 'k'],
  [/ph/g, 'f'],
  [/ee/g, 'i'],
  [/ou|oo/g, 'u'],
  [/tch|tsch/g, 'ch'],
  [/s(?:h|y(?=[aou]))|sch/g, 's'],
  [/t(?:h|y(?=[aou]))/g, 't'],
  [/ck|kh|q/g, 'k'],
  [/(?<=[gdbjrl])h/g, ''],
  [/zh|zy/g, 'z'],
  [/w/g, 'v'],
  [/[jy]/g, 'i'],
  [/ie|ii/g, 'i'],
  [/([a-z])\1/g, '$1'],
  [/(?<=[aeiou])h(?=$|[^aeiou])/g, ''],
]

/** A sound with vowels of one neighbourhood as one: `muhamad` for Mohammed and Muhammad; the last letter stays, which tells Roberto from Roberta. */
export function looseSound(sound: string): string {
  return (
    sound
      .slice(0, -1)
      .replace(/[ae]+i?/g, 'a')
      .replace(/[ou]+/g, 'u') + sound.slice(-1)
  )
}

const romaji =
  /^(?:(?:ch|sh|ts|[kgnhbpmrsztdj]y|[kgsztdnhbpmyrwfj])?(?:[aiue]|o(?:h(?![aiueoy]))?)|n(?![aiueoy])|m(?=[bp])|([kstp])(?=\1)|t(?=ch))+$/

/** Japanese as Hepburn wrote it, with long vowels short: `shoji` for Syouzi. */
function hepburn(plain: string): string {
  return plain
    .replace(/oh(?![aiueoy])|ou|oo/g, 'o')
    .replace(/uu/g, 'u')
    .replace(/(?<![ksztdnhbpmrg])si|(?<=s)hi/g, (found) => (found === 'si' ? 'shi' : found))
    .replace(/(?<!t)ti/g, 'chi')
    .replace(/tu/g, 'tsu')
    .replace(/(?<![cst])hu/g, 'fu')
    .replace(/sy(?=[auo])/g, 'sh')
    .replace(/ty(?=[auo])/g, 'ch')
    .replace(/zy?i|di(?=$)/g, 'ji')
    .replace(/[zj]y(?=[auo])/g, 'j')
    .replace(/m(?=[bp])/g, 'n')
}

/** A Korean given name under any romanisation: `sung` for Seong, Seoung and Sung, `gyung` for Kyeong. */
export const koreanSound = remembering(30_000, (plain) =>
  plain
    .replace(/w(?:eo|u)n/g, 'won')
    .replace(/ye[oa]|you|yoo|yu/g, 'yu')
    .replace(/woo|wu|eo|ou|oo|eu/g, 'u')
    .replace(/ee|yi|ui|(?<=[^aeiou])ie|iu/g, 'i')
    .replace(/a[ei]|e[ai]/g, 'e')
    .replace(/(?<=[aeiou])h(?=$|[^aeiou])/g, '')
    .replace(/sh/g, 's')
    .replace(/ch|cz|zh?/g, 'j')
    .replace(/ck|kk|k|q/g, 'g')
    .replace(/t/g, 'd')
    .replace(/p/g, 'b')
    .replace(/l/g, 'r')
    .replace(/([a-z])\1/g, '$1'),
)

/** True for one or two syllables of Korean, as a given name is, under any romanisation. */
export function isKorean(plain: string): boolean {
  return plain.length <= 14 && korean.test(plain)
}

const korean =
  /^(?:(?:ch|sh|kk|tt|pp|ss|jj|[bcdghjklmnprstv])?(?:[wy]?(?:eou|eo|ou|oo|eu|ae|ai|ee|ea|oe|ui|i|a|e|o|u)|yeo|you|wha|hwa|hye|hyeo|hyo|hyu)(?:ng|ck|ch|[gkmnlrpbt](?![aeiouwy]))?){1,2}$/

/** What a Korean syllable keeps in every romanisation: `kng` for Gwang and Kwang, `sng` for Seong and Sung. */
export function koreanConsonants(plain: string): string {
  return plain
    .replace(/ch/g, 'j')
    .replace(/[gdbr]/g, (soft) => ({ g: 'k', d: 't', b: 'p' })[soft] ?? 'l')
    .replace(/[aeiouwy]/g, '')
}

/** The consonants that scripts without written vowels keep: `mhmd` for محمد and Mohamed. */
export function bonesOf(plain: string): string {
  return plain
    .replace(/ph/g, 'f')
    .replace(/[ckq]h?/g, 'k')
    .replace(/(?<=[gtdsbjz])h/g, '')
    .replace(/[aeiouwyv]/g, '')
    .replace(/h(?=$|[^aeiou])/g, 'h')
    .replace(/([a-z])\1/g, '$1')
}

/** Mandarin without vowels and without what pinyin and Wade–Giles write in two ways: `sn s` for Hsin Hsi and Xin Xi. */
export function mandarinBones(plain: string): string {
  return plain
    .replace(/hs|sh|x/g, 's')
    .replace(/zh|ch|ts|tz|[jqzc]/g, 'c')
    .replace(/ss/g, 's')
    .replace(/(?<=[aeiou])h$|ih/g, '')
    .replace(/k/g, 'g')
    .replace(/t/g, 'd')
    .replace(/p/g, 'b')
    .replace(/r/g, 'c')
    .replace(/[aeiouwy]/g, '')
}

/** One or two syllables of pinyin as Wade and Giles wrote them, their marks left out: `hsinhsi` for Xinxi; empty for what is no pinyin. */
export function wadeGilesOf(pinyinWord: string): string {
  return pinyinWord.replace(syllables, (whole) => wadeGiles.reduce((word, [from, to]) => word.replace(from, to), whole))
}

const wadeGiles: readonly (readonly [RegExp, string])[] = [
  [/^(zh|ch|sh|r)i$/, '$1ih'],
  [/^zi$/, 'tzu'],
  [/^ci$/, 'tzu'],
  [/^si$/, 'szu'],
  [/^([jqx])uan$/, '$1uan'],
  [/^([gkh])e$/, '$1o'],
  [/^([dtnlzcs]|zh|ch|r)uo$/, '$1o'],
  [/^yan$/, 'yen'],
  [/ian$/, 'ien'],
  [/([iuy])e$/, '$1eh'],
  [/ong$/, 'ung'],
  [/^you$/, 'yu'],
  [/^yi$/, 'i'],
  [/^x/, 'hs'],
  [/^(?:zh|[jq])/, 'ch'],
  [/^[zc](?=[aeou])/, 'ts'],
  [/^r/, 'j'],
  [/^g/, 'k'],
  [/^d/, 't'],
  [/^b/, 'p'],
]

/** True for one or two syllables of pinyin. */
export function isPinyin(plain: string): boolean {
  return plain.length <= 12 && pinyin.test(plain)
}

/** Pinyin with `lü` in whatever form it was typed, Lv or Lyu or Lü, as `lu`; empty for what is none. */
export function typedPinyin(plain: string): string {
  if (plain.length > 12) return ''
  const typed = plain.replace(/(?<=[ln])(?:v|yu)(?=e?$|e?[^aeiou])/g, 'u')
  return pinyin.test(typed) ? typed : ''
}

const syllable = `(?:${[
  '(?:zh|ch|sh)(?:a|ai|an|ang|ao|e|ei|en|eng|i|ong|ou|u|ua|uai|uan|uang|ui|un|uo)',
  '[bp](?:a|ai|an|ang|ao|ei|en|eng|i|ian|iao|ie|in|ing|o|u|ou)',
  'm(?:a|ai|an|ang|ao|e|ei|en|eng|i|ian|iao|ie|in|ing|iu|o|ou|u)',
  'f(?:a|an|ang|ei|en|eng|o|ou|u)',
  '[dt](?:a|ai|an|ang|ao|e|ei|eng|i|ian|iao|ie|ing|iu|ong|ou|u|uan|ui|un|uo)',
  '[nl](?:a|ai|an|ang|ao|e|ei|en|eng|i|ia|ian|iang|iao|ie|in|ing|iu|ong|ou|u|uan|un|uo|v|ue|ve)',
  '[gkh](?:a|ai|an|ang|ao|e|ei|en|eng|ong|ou|u|ua|uai|uan|uang|ui|un|uo)',
  '[jqx](?:i|ia|ian|iang|iao|ie|in|ing|iong|iu|u|uan|ue|un)',
  'r(?:an|ang|ao|e|en|eng|i|ong|ou|u|uan|ui|un|uo)',
  '[zcs](?:a|ai|an|ang|ao|e|ei|en|eng|i|ong|ou|u|uan|ui|un|uo)',
  'y(?:a|an|ang|ao|e|i|in|ing|o|ong|ou|u|uan|ue|un)',
  'w(?:a|ai|an|ang|ei|en|eng|o|u)',
  '(?:a|ai|an|ang|ao|e|en|er|o|ou)',
].join('|')})`
const pinyin = new RegExp(`^${syllable}{1,2}$`)
const syllables = new RegExp(`${syllable}(?=${syllable}?$)`, 'g')
