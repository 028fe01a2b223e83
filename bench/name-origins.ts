import { comparable } from '../src/people/comparable-name.ts'
import { isKoreanFamily } from '../src/people/family-readings.ts'

// Where a name comes from, guessed by its letters for measuring alone; the program itself never asks.

const families: Readonly<Record<string, ReadonlySet<string>>> = {
  Vietnamese: set(
    'nguyen tran le pham huynh hoang phan vu vo dang bui do ngo duong dinh luong truong trinh ly mai trieu',
  ),
  Indian: set(
    'kumar singh sharma gupta jain shah patel reddy rao das roy ghosh banerjee mukherjee chatterjee bhattacharya bhattacharyya mishra mehta agarwal aggarwal agrawal verma pandey joshi nair iyer krishnan srinivasan subramanian sinha saha dutta dey bose sen chowdhury choudhury desai kulkarni deshpande prasad yadav tiwari chakraborty raman murthy naidu pillai menon bhatt thakur chauhan saxena kapoor malhotra sethi sengupta mandal pal biswas kundu goyal goel bansal mittal chandra ramakrishnan venkatesh',
  ),
  Arabic: set(
    'ali ahmed khan mohamed mohammed hassan hussain hussein hossain rahman islam abbas ibrahim khalil mahmoud mostafa mansour saleh salem abdullah abdallah habash elsayed alam malik akhtar rahimi hosseini karimi ahmadi mohammadi rezaei moradi hashemi jafari khalid farooq iqbal ahmad haddad nasser youssef darwish mubarak magdy bouamor elhadad abdelali alharbi alghamdi',
  ),
  Japanese: set(
    'tanaka suzuki sato takahashi watanabe ito itoh yamamoto nakamura kobayashi kato yoshida yamada sasaki yamaguchi matsumoto inoue kimura hayashi saito saitoh shimizu yamazaki mori abe ikeda hashimoto ishikawa ogawa okada fujita goto hasegawa murakami kondo ishii sakamoto endo aoki fujii nishimura fukuda ota miura okamoto nakajima nakagawa harada matsuda takeda ueda ono ohno kudo sugiura uchida fujiwara matsubara kawahara utsuro okazaki nagata isahara tsujii sekine inui',
  ),
}

/** `Chinese`, `Korean`, `Japanese`, `Vietnamese`, `Indian`, `Arabic`, `Iberian`, `Slavic`, `Greek`, `Turkish` or `other`, which is mostly the west and north of Europe. */
export function originOf(name: string): string {
  const { family, given } = comparable(name)
  const { plain } = family
  const written = name.normalize('NFC')
  for (const [origin, known] of Object.entries(families)) if (known.has(plain)) return origin
  if (isKoreanFamily(plain) && given.some((word) => !word.initial && word.pinyin === '')) return 'Korean'
  if (family.pinyin !== '' || /^(?:hs|ts)/.test(plain)) return 'Chinese'
  if (/(?:[^aeiou]ez|eira|inho|[áéíóúãõñ].*(?:o|a|ez|es)|ão)$/.test(plain) || iberian.has(plain)) return 'Iberian'
  if (/(?:ov|ova|ev|eva|sk[iy]|ska|skaya|enko|chuk|czyk|wicz|vich|vic|ic|[kc]ova|in[ai]?y)$/.test(plain))
    return 'Slavic'
  if (/(?:opoulos|poulou|akis|idis|iadis|akos|oglou|ellis)$/.test(plain)) return 'Greek'
  if (/[ğışİ]/.test(written) || /(?:oglu|dag|kaya|turk)$/.test(plain)) return 'Turkish'
  return 'other'
}

const iberian = set(
  'garcia silva santos oliveira souza costa pereira ferreira rodrigues almeida ribeiro carvalho gomes lopes torres ramos romero ruiz diaz moreno munoz alonso navarro castro ortiz morales delgado vidal soto rojas vargas campos vega fuentes araujo barbosa rocha dias moreira correia mendes nunes soares vieira',
)

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(' '))
}
