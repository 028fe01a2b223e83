/** Families of Korea, in Hangul and as their bearers write them; their romanisation follows custom and no rule. */
const korean = `
김 kim gim
이 lee yi rhee i ri
박 park pak bak
최 choi choe
정 jung jeong chung joung
강 kang gang
조 cho jo joh
윤 yoon yun youn
장 jang chang
임 lim im rim yim
한 han
오 oh o
서 seo suh so
신 shin sin
권 kwon gwon
황 hwang whang
안 ahn an
송 song
류 ryu yoo yu
유 yoo yu you ryu
전 jeon jun chun chon
홍 hong
고 ko koh go goh
문 moon mun
양 yang
손 son sohn
배 bae pae
백 baek paik paek back
허 heo huh hur hu
남 nam
노 noh roh no
하 ha
심 shim sim
곽 kwak gwak
성 sung seong
차 cha
주 joo ju chu
우 woo wu
구 koo ku gu
민 min
진 jin chin
나 na ra
엄 eom um
원 won
방 bang pang
공 kong gong
현 hyun hyeon
함 ham
변 byun byeon
염 yeom youm
추 choo chu
도 do
석 seok suk
선 sun seon
설 seol sul
마 ma
길 gil kil
연 yeon youn
위 wi
표 pyo
명 myung myeong
기 ki gi
반 ban pan
왕 wang
금 keum kum
옥 ok
육 yook yuk
인 in
맹 maeng
제 je
모 mo
탁 tak
국 kook
어 eo uh
은 eun
편 pyun pyeon
용 yong
천 chun cheon
지 ji chi
`

/** Families of China whose sign is read otherwise than as a word. */
const mandarin: Readonly<Record<string, string>> = {
  曾: 'zeng',
  单: 'shan',
  單: 'shan',
  解: 'xie',
  仇: 'qiu',
  区: 'ou',
  區: 'ou',
  盖: 'ge',
  朴: 'piao',
  翟: 'zhai',
  查: 'zha',
  覃: 'qin',
  乐: 'yue',
  樂: 'yue',
  尉迟: 'yuchi',
  万俟: 'moqi',
  吕: 'lyu',
  呂: 'lyu',
  缪: 'miao',
  繆: 'miao',
  折: 'she',
  种: 'chong',
  冼: 'xian',
  洗: 'xian',
  員: 'yun',
  牟: 'mou',
  任: 'ren',
  葛: 'ge',
  秘: 'bi',
}

/** Families of China as they are written in pinyin, and elsewhere: in Taiwan, Hong Kong, Singapore, Korea and Vietnam. */
const elsewhere = `
chen chan tan tran chin jin
lin lam lim
huang wong hwang ng huynh hoang
zhang chang cheung teo jang truong
li lee ly yi
wang wong ong hwang vuong
wu ng goh oh ngo
liu lau low ryu yoo luu
cai tsai choi chua chai
yang yeung yeo young duong
xu hsu chui tsui koh seo
zheng cheng tay jung jeong trinh
xie hsieh tse chia ta
guo kuo kwok quek kwak quach
hong hung ang
qiu chiu yau khoo
zeng tseng tsang chan jeung tang
liao liu
lai lye
zhou chou chow chew joo chu
ye yeh yip yap
su so soh
zhuang chuang chong
lu lo loh noh
jiang chiang kong kang
he ho hoh ha
xiao hsiao siu seow so
luo lo law loh
gao kao ko koh go cao
jian chien kan
zhu chu choo joo
zhong chung choong
peng pang phang bang banh
you yu
zhan chan chim
hu wu ho
shi shih sze see
shen sum sim shim tham
zhao chao chiu cho trieu
yan yen yim gan nhan
ke ko kwa
dong tung toong dong
deng teng tang dang
fang fong png bang phuong
fan fan pham
feng fung phung
cao tso cho tao
song sung soong tong
tang tong thang dang duong
ren jen yam yam im nham
yu yue ee
pan poon phua ban phan
du tu to do
dai tai
xia hsia har ha
tian tien tin chun
wei ngai ngui wi nguy
jia chia ka ga
qin chin chun
liang leung neo yang luong
sun suen suon son ton
ma mah
he hoh
ouyang auyeung owyang
situ szeto
zhuge chukot
lyu lu lui lu loo yeo la
shao shiu siew so thieu
shan sin
zhai chak chai
fu foo foh boo pho
ding ting teng jung dinh
kong hung kung
bai pai pak baek bach
hao kok ho hak
cui tsui choi thoi
cheng ching cheng jung trinh
yuan yuen wan won vien
tao to
`

const koreanReadings = new Map(lines(korean).map(([sign = '', ...readings]) => [sign, readings]))
const koreanFamilies: ReadonlySet<string> = new Set([...koreanReadings.values()].flat())
const abroad = new Map(lines(elsewhere).map(([pinyin = '', ...others]) => [pinyin, others]))

/** How a family in Hangul is mostly written, `kim` for 김, or a family of China whose reading differs from that of the word; undefined for all others. */
export function familyReading(sign: string): string | undefined {
  return koreanReadings.get(sign)?.[0] ?? mandarin[sign]
}

/** Other spellings under which a family of a sign may be met; `latin` is the usual one. */
export function otherReadings(sign: string, latin: string): readonly string[] {
  return koreanReadings.get(sign) ?? abroad.get(latin) ?? []
}

/** True for a family that Koreans bear, in Latin letters; others may bear it as well. */
export function isKoreanFamily(latin: string): boolean {
  return koreanFamilies.has(latin)
}

function lines(table: string): readonly (readonly string[])[] {
  return table
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
}
