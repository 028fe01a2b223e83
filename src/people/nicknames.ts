/** Groups of given names that one person goes by; the full names first. No list on the registry held people's short names, so this is ours. */
const groups = `
alexander aleksandr alexandre alexandr alejandro alessandro alex sasha sandy xander lex
alexandra aleksandra alex sasha sandra
abraham abe
albert al bert
alfred al fred
andrew andy drew andrei andrey andreas
anthony antony tony
antonio toni tony
arthur art
barbara barb babs
benjamin ben benny
bernard bernie
beverly bev
bradley brad
caroline carolyn carol carrie
catherine katherine kathryn katharine catharine cathy kathy kate katie kat cate
charles charlie chuck
charlotte lottie
christopher chris kris kit
christian chris kris
christine christina kristina kristine chris kris tina chrissy
clinton clint
cynthia cindy
daniel dan danny
david dave davy
deborah debra deb debbie
dennis denny
dmitry dmitri dmitriy dmitrii dima
donald don
dorothy dot dotty
douglas doug
edward ed eddie ted ned
edwin ed
edmund ed
eleanor ellie nell
elizabeth elisabeth liz beth betty lisa eliza libby
emily em emmy
ekaterina katya kate catherine
eugene gene
evgeny evgenii yevgeny eugene zhenya
francis frank fran
francisco paco fran
frederick fred freddie friedrich fritz
gabriel gabe
geoffrey jeffrey geoff jeff
george georg jorge
gerald gerard gerry jerry
gregory greg grigory
harold hal harry
henry hank harry heinrich
herbert herb
hubert bert
ian iain
ignacio nacho
isaac ike
isabel isabella isabelle bella
jacob jake jakob
jacqueline jackie
james jim jimmy jamie
janet jan
jennifer jen jenny
jerome jerry
jessica jess
joan joanne joanna jo
johannes john hans jan
john jack johnny jon
jonathan jon jonny john
jose pepe
joseph joe joey josef jozef
joshua josh
judith judy
julian jules
kenneth ken kenny
konstantin kostya
kathleen kathy kath kate katie
kimberly kim
laurence lawrence larry lawrie
leonard len leo lenny
leslie les
louis lou luis lewis
louise lou
ludwig lutz
magdalena magda lena
manuel manolo manu
margaret maggie meg peggy greta margie
maria mari marie mary
martin marty
matthew matt mathew matthias mat
maximilian max
maxim max maksim
michael mike mick mikhail michel mischa misha miguel
miriam miri
mohammad mohammed muhammad mohamed mohamad muhammed mohd md
nathaniel nathan nat nate
nicholas nicolas nikolas nick nico klaus niko nikolaus
nikolay nikolai nick kolya
norman norm
oliver ollie
pamela pam
patricia pat patty tricia trish
patrick pat paddy
peter pete petr piotr pyotr pedro
philip phillip phil philippe filip
rachel rach
randall randy
raymond ray
rebecca becky becca
reginald reg
richard rich rick dick ricky
robert rob bob bobby robbie bert
roderick rod
roger rodge
ronald ron ronnie
rudolf rudy rudolph
russell russ
samuel sam sammy
samantha sam sammy
sebastian seb bastian
sergey sergei serge sergio
sidney sid
simon si
stanley stan
stephanie steph stefanie
stephen steven steve stefan stephan
susan susanna suzanne sue susie suzy
sylvester sly
tatiana tanya
terence terrence terry
teresa theresa tess terry
theodore theodor ted teddy theo
thomas tom tommy tomas
timothy tim timmy
tobias toby
valerie val
victor vic viktor
victoria vicky vicki
vincent vince vinny
vladimir vlad volodymyr volodya
walter walt
wilhelm willi william will
william bill will billy liam
yevgeny zhenya
zachary zach zack zac
`

const together: ReadonlyMap<string, ReadonlySet<string>> = grouped()

/** True when both are forms of one given name: `theodore` and `ted`. Plain lower-case letters. */
export function areNicknames(a: string, b: string): boolean {
  return together.get(a)?.has(b) === true
}

/** First letters under which a given name may be met, its own left out. */
export function otherInitials(name: string): readonly string[] {
  const others = together.get(name)
  return others === undefined ? [] : [...new Set([...others].map((other) => other.charAt(0)))]
}

function grouped(): ReadonlyMap<string, ReadonlySet<string>> {
  const all = new Map<string, Set<string>>()
  for (const line of groups.trim().split('\n')) {
    const names = line.split(' ')
    for (const name of names) {
      const known = all.get(name) ?? new Set<string>()
      for (const other of names) known.add(other)
      all.set(name, known)
    }
  }
  return all
}
