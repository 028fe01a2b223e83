/** LaTeX's names for characters. What stands here is replaced as it is; all else is kept as its author wrote it. */

/** Accents that stand over or under one letter, as combining characters. */
export const accents: ReadonlyMap<string, string> = table(`
" 0308
' 0301
. 0307
= 0304
^ 0302
\` 0300
~ 0303
H 030b
b 0331
c 0327
d 0323
k 0328
r 030a
u 0306
v 030c
`)

/** The same in formulas. */
export const formulaAccents: ReadonlyMap<string, string> = table(`
acute 0301
bar 0304
breve 0306
check 030c
ddot 0308
dot 0307
grave 0300
hat 0302
mathring 030a
overline 0305
tilde 0303
vec 20d7
widehat 0302
widetilde 0303
`)

/** Letters of names, and what text is set with. The space that ends the command is part of it. */
export const letters: ReadonlyMap<string, string> = pairs(`
AA Å AE Æ DH Ð DJ Đ L Ł NG Ŋ O Ø OE Œ SS ẞ TH Þ aa å ae æ dh ð dj đ i ı j ȷ l ł ng ŋ o ø oe œ ss ß th þ
`)

/** Signs of text; the space after them is the author's. */
export const signs: ReadonlyMap<string, string> = pairs(`
LaTeX LaTeX TeX TeX BibTeX BibTeX S § P ¶ dag † ddag ‡ copyright © pounds £ euro € texteuro € textdegree ° degree ° deg ° textregistered ® texttrademark ™
textcopyright © textless < textgreater > textbar | textbackslash \\ textasciitilde ~ textasciicircum ^ textunderscore _ textdollar $ textquotesingle ' slash /
textendash – textemdash — textquoteleft ‘ textquoteright ’ textquotedblleft “ textquotedblright ” textbullet • textellipsis … ldots … dots … lq ‘ rq ’
textpm ± texttimes × textmu µ textalpha α textbeta β textgamma γ ie i.e. eg e.g. etc etc. etal et\u00a0al. aka a.k.a. wrt w.r.t.
guillemotleft « guillemotright » checkmark ✓ cmark ✓ xmark ✗
`)

/** Letters of formulas. */
export const formulaLetters: ReadonlyMap<string, string> = pairs(`
alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa ϰ lambda λ mu μ upmu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ
varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
ell ℓ hbar ℏ imath ı jmath ȷ Re ℜ Im ℑ aleph ℵ beth ℶ wp ℘ partial ∂ nabla ∇ infty ∞ emptyset ∅ varnothing ∅ Bbbk 𝕜
`)

/** Operators, relations, arrows, brackets. */
export const formulaSigns: ReadonlyMap<string, string> = pairs(`
times × div ÷ pm ± mp ∓ cdot · cdots ⋯ vdots ⋮ ddots ⋱ ldots … dots … dotsc … dotsb … ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ oslash ⊘ wedge ∧ land ∧ vee ∨ lor ∨
cap ∩ cup ∪ sqcap ⊓ sqcup ⊔ setminus ∖ backslash \\ neg ¬ lnot ¬ dagger † ddagger ‡ amalg ⨿ wr ≀ diamond ⋄ triangle △ square □ Box □ blacksquare ■ rtimes ⋊ ltimes ⋉ bowtie ⋈
leq ≤ le ≤ leqslant ≤ geq ≥ ge ≥ geqslant ≥ neq ≠ ne ≠ lt < gt > ll ≪ gg ≫ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ asymp ≍ doteq ≐ triangleq ≜ coloneqq ≔ lesssim ≲ gtrsim ≳
prec ≺ succ ≻ preceq ⪯ succeq ⪰ in ∈ notin ∉ ni ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋ nsubseteq ⊈ sqsubseteq ⊑ sqsupseteq ⊒ mid ∣ nmid ∤ parallel ∥ perp ⊥ bot ⊥ top ⊤
models ⊨ vdash ⊢ dashv ⊣ forall ∀ exists ∃ nexists ∄ therefore ∴ because ∵ angle ∠ measuredangle ∡ surd √ prime ′
to → rightarrow → gets ← leftarrow ← leftrightarrow ↔ Rightarrow ⇒ implies ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹ mapsto ↦ longmapsto ⟼
uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ hookrightarrow ↪ hookleftarrow ↩ rightharpoonup ⇀ rightleftharpoons ⇌ leadsto ⇝ rightsquigarrow ⇝ circlearrowright ↻
sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigwedge ⋀ bigvee ⋁
langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lbrace { rbrace } lbrack [ rbrack ] lvert | rvert | vert | lVert ‖ rVert ‖ Vert ‖
flat ♭ sharp ♯ natural ♮ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ degree ° checkmark ✓ colon :
`)

/** Named functions are words with a space to their argument. */
export const functionNames: ReadonlySet<string> = new Set(
  'arccos arcsin arctan arg argmax argmin cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max min poly polylog Pr sec sin sinh softmax sup tan tanh Tr tr bmod'.split(
    ' ',
  ),
)

/** Raised and lowered characters that Unicode has; a script with any other is left to LaTeX. */
export const superscripts: ReadonlyMap<string, string> = new Map([
  ...together('0123456789+-−=()', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾'),
  ...together('abcdefghijklmnoprstuvwxyz', 'ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ'),
  ...together('ABDEGHIJKLMNOPRTUVW', 'ᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ'),
  ...together('αβγδεθφχ', 'ᵅᵝᵞᵟᵋᶿᵠᵡ'),
  // Already raised, or so drawn: °, †, the star of A*, the transposed matrix.
  ...together('∘°′†‡∗*⋆⊤™', '°°′†‡**⋆ᵀ™'),
  [' ', ' '],
])
export const subscripts: ReadonlyMap<string, string> = new Map([
  ...together('0123456789+-−=()', '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎'),
  ...together('aehijklmnoprstuvx', 'ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ'),
  ...together('βγρφχ', 'ᵦᵧᵨᵩᵪ'),
  [' ', ' '],
])

/** The blackboard letters of everyday fonts; others are shown as plain letters. */
export const blackboard: ReadonlyMap<string, string> = new Map(together('CHNPQRZ', 'ℂℍℕℙℚℝℤ'))

function table(lines: string): ReadonlyMap<string, string> {
  return new Map(words(lines).map(([name, code]) => [name, String.fromCodePoint(Number.parseInt(code, 16))]))
}

function pairs(lines: string): ReadonlyMap<string, string> {
  return new Map(words(lines))
}

function words(lines: string): [string, string][] {
  const all = lines.trim().split(/[ \n]+/)
  return all.flatMap((name, n): [string, string][] => (n % 2 === 0 ? [[name, all[n + 1] ?? '']] : []))
}

function together(from: string, to: string): [string, string][] {
  const forms = [...to]
  return [...from].map((character, n): [string, string] => [character, forms[n] ?? ''])
}
