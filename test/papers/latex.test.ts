import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readableText } from '../../src/papers/latex.ts'

const read = String.raw

describe('LaTeX is shown as people read it', () => {
  test.each([
    // accents and letters of names
    [read`R\'{e}nyi`, 'Rényi'],
    [read`R\'enyi`, 'Rényi'],
    [read`G\"odel and {\"U}ber`, 'Gödel and Über'],
    [read`Fran\c{c}ois Fran\c cois`, 'François François'],
    [read`Ho\v{r}ava, \v{S}m\'{\i}d, Mart\'\i nez`, 'Hořava, Šmíd, Martínez'],
    [read`Erd\H{o}s Erd\H os`, 'Erdős Erdős'],
    [read`\L{}ukasz \L ukasz {\L}ukasz`, 'Łukasz Łukasz Łukasz'],
    [read`S{\o}ren Stra\ss e Stra{\ss}e \AA ngstr\"om \ae`, 'Søren Straße Straße Ångström æ'],
    [read`Tol\'ul\d{o}p\'e \~N \=a \u{g} \k{a} \r{u}`, 'Tolúlọpé Ñ ā ğ ą ů'],
    [read`Nguy\~{\^e}n`, 'Nguyễn'],
    [read`Fleiss' \k{appa} and \b{eta}-VAE`, "Fleiss' κ and β-VAE"],
    // formulas
    ['GRAM-R$^2$: Self-Training', 'GRAM-R²: Self-Training'],
    ['H$_{2}$OT', 'H₂OT'],
    ['CH$_{4}$ point sources', 'CH₄ point sources'],
    ['SAM$^{*}$: Task-Adaptive', 'SAM*: Task-Adaptive'],
    [read`UpSafe$^\circ$C`, 'UpSafe°C'],
    [read`Memorization $\neq$ Understanding`, 'Memorization ≠ Understanding'],
    [read`$\ell_1$-Product`, 'ℓ₁-Product'],
    [read`$\alpha\beta$ and $\lambda x$`, 'αβ and λx'],
    [read`$\mathcal{V}isi\mathcal{P}runer$`, 'VisiPruner'],
    [read`in $\mathbb{R}^{d}$ with \(\epsilon \leq 0.05\)`, 'in ℝᵈ with ϵ ≤ 0.05'],
    [read`Pass$\mathtt{@}k$`, 'Pass@k'],
    [read`$\bf{D^3}$QE and $\mathbf{T^3}$`, 'D³QE and T³'],
    [read`$3\times3$ and 4.4$\times$`, '3×3 and 4.4×'],
    [read`$\frac{1}{2}$, $\frac{a+b}{c}$`, '1/2, (a+b)/c'],
    [read`$O(n\log n)$, $2\log n$, $\log\alpha$`, 'O(n log n), 2 log n, log α'],
    [read`$\sqrt{n}$ and $\sqrt{n+1}$ and $\sqrt[3]{8}$`, '√n and √(n+1) and ∛8'],
    [read`$\hat{x}$, $\bar{y}$, $\tilde \theta$, $x'$`, 'x̂, ȳ, θ̃, x′'],
    [read`$\left(\frac{a}{b}\right)$`, '(a/b)'],
    [read`UI2Code$^\text{N}$`, 'UI2Codeᴺ'],
    [read`(p$<$0.05)`, '(p<0.05)'],
    [read`$$E = mc^2$$`, 'E = mc²'],
    [read`$\texttt{$Flora$}$ at $\href{https://a.example/x}{a.example/x}$`, 'Flora at https://a.example/x'],
    // text
    [
      read`\textit{alia lingua}, \emph{so}, \textbf{b}, \texttt{t}, \textsc{GUI-Spotlight}, {\bf B}`,
      'alia lingua, so, b, t, GUI-Spotlight, B',
    ],
    [
      read`Call\,Recording Reconstitution \& Execution of 5\% in a\_b \#1 \$5`,
      'Call Recording Reconstitution & Execution of 5% in a_b #1 $5',
    ],
    [read`A\textsuperscript{2}FM`, 'A²FM'],
    ['RAPID^3, HRM^2Avatar, 10^{-3}', 'RAPID³, HRM²Avatar, 10⁻³'],
    ['Vision--Language Models, 2013--2023 --- or not', 'Vision–Language Models, 2013–2023 — or not'],
    ["``Quoted'' and `single' words, don't", "“Quoted” and ‘single’ words, don't"],
    ['see Section~5 and Fig.~1', 'see Section 5 and Fig. 1'],
    [read`\url{https://a.example/x\_y} \cite{knuth1984}`, 'https://a.example/x_y [knuth1984]'],
    [
      read`\href{https://a.example/}{our page} and \href{https://a.example/}{a.example}`,
      'our page (https://a.example/) and https://a.example/',
    ],
    [read`a\footnote{b} \textcolor{red}{c} 1.5{\deg}C`, 'a (b) c 1.5°C'],
    ['{B}ERT and {LLM}s', 'BERT and LLMs'],
    ['price $5, and x$_2$', 'price $5, and x₂'],
    ['from $5 to $10 with x$_2$ and y$^{3}$', 'from $5 to $10 with x₂ and y³'],
    ['H$_2$O costs $3', 'H₂O costs $3'],
  ])('%s', (source, text) => {
    expect(readableText(source)).toBe(text.normalize('NFC'))
  })
})

describe('what has no faithful form stays as it was written', () => {
  test.each([
    'between $5 and $6 a month',
    'from $50,000 to $60,000',
    'US$5/CA$6',
    'a $ sign, two $$ signs',
    read`\unknowncommand{x} and \ours`,
    read`$x_{CE} + \alpha$`,
    read`$\unknown{\alpha} + \beta$`,
    read`$\begin{matrix} a \end{matrix}$`,
    read`$2\frac{1}{2}$ and $\frac{a}{b}c$`,
    read`\foo{\alpha}{\beta} {\unknown \"u}`,
    'snake_case_name and a_b',
    'the set {0, 1} and f{x',
    '~100 and 5~10 and ~/home',
    'run --verbose, see -->',
    "5'' wide",
    '`code` and `more`',
    'x^n and 2^0.5 and ^1',
    read`\d{1,3} and \'{ab} and \=`,
    read`\(x and \textbf{open`,
    'C:\\',
  ])('%s', (source) => {
    expect(readableText(source)).toBe(source)
  })
})

describe('text that could deceive or break a line is cleaned', () => {
  test('white space folds, controls, bidirectional and invisible characters go', () => {
    expect(readableText('  A title\n  over two\tlines\u00a0here \u0000\u0007')).toBe('A title over two lines here')
    expect(readableText('abc\u202edcba\u202c \u2066x\u2069 \u200e\u200f\ufeffy z\u200bz so\u00adft')).toBe(
      'abcdcba x y zz soft',
    )
    expect(readableText('a\u0085b\u009bc\ud800')).toBe('a bc\ufffd')
  })

  test('the joiners of Persian and emoji stay, letters are composed', () => {
    expect(readableText('\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 👩\u200d🔬')).toBe(
      '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 👩\u200d🔬',
    )
    expect(readableText('Re\u0301nyi')).toBe('Rényi')
  })

  test('nothing invisible can hide a command', () => {
    expect(readableText('\\al\u200bpha')).toBe('α')
  })
})

describe('whatever the text', () => {
  const latexish = fc
    .array(
      fc.constantFrom(
        '\\',
        '$',
        '{',
        '}',
        '^',
        '_',
        '~',
        '--',
        "'",
        '`',
        ' ',
        'a',
        '2',
        '\\alpha',
        '\\frac',
        '\\textbf',
        '\\"',
        '\\(',
        '\\)',
        '\\sqrt',
        '\\text',
        '\\left',
        '\\href',
        'é',
        '\n',
      ),
      {
        maxLength: 40,
      },
    )
    .map((parts) => parts.join(''))

  test('it is answered, in one line without controls', () => {
    fc.assert(
      fc.property(fc.oneof(latexish, fc.string({ unit: 'binary' })), (source) => {
        const text = readableText(source)
        expect(text).toBe(text.trim().normalize('NFC'))
        expect(text).not.toMatch(/[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]| {2}/)
      }),
      { numRuns: 2000 },
    )
  })

  test('text without LaTeX stays as it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9.,:;()?!é&%#<>-]{1,30}$/), (word) => {
        fc.pre(!word.includes('--'))
        expect(readableText(word)).toBe(word)
      }),
    )
  })

  test.each([
    ['dollars', '$a '.repeat(100_000)],
    ['open groups', '\\textbf{'.repeat(50_000)],
    ['nested groups', '{\\bf '.repeat(50_000) + '}'.repeat(50_000)],
    ['open formulas', '\\('.repeat(200_000)],
    ['a formula without end', `$${'x_{'.repeat(100_000)}`],
    ['ticks', '`a'.repeat(200_000)],
    ['backslashes', '\\'.repeat(500_001)],
    ['accents', "\\'{".repeat(100_000)],
  ])('%s by the hundred thousand are read to the end', (_, source) => {
    expect(readableText(source).length).toBeGreaterThan(0)
  })
})
