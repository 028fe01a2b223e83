/** Groups of given names that one person goes by; the full names first. No list on the registry held people's short names, so this is ours. */
const groups = `
alexander aleksandr alexandre alexandr alejandro alessandro alex sasha sandy xander lex
alexandra aleksandra alex sasha sandra
abraham abe
albert al bert
alfred al fred
andrew andy drew andrei andrey andrii andriy andreas
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
dmitry dmitri dmitriy dmitrii dimitri dzmitry dima
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
jesse jessie jess
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
zachary zach zack zac zak
abigail abby abbie abi gail
agnieszka aga agnes
alan allan allen al
aleksandr aleksander alexandru alex aleks oleksandr sasha alec
aleksey alexey alexei aleksei oleksii oleksiy alyosha alex
alice alicia
alison ali
amanda mandy
anastasia nastya ana
anatoly tolya anatolii anatoliy
andrea andi andy
angela angie angelina angelica
anna anne ann annie anya ania ana
antoine anthony anton tony
arkadiusz arek
bartholomew bartlomiej bartosz bartek bart
bastiaan bas
beatriz beatrice bea trixie
benedict ben
bogdan bohdan
boleslaw bolek
calvin cal
cameron cam
carl karl
karl charles karel
carlos charlie
cassandra cass cassie sandra
cecilia cecile celia
clifford cliff
concepcion concha conchita conchi
constance connie
cornelis cor kees cornelius
dariusz darek
dimitrios dimitris dimitri jimmy demetrios
dolores lola
dominic dominik dominique dom nick
elisabeth elise els elsa elsbeth lise lisbeth elisa bettina
emmanuel emanuel manny
emma em
enrique quique
ernest ernie ernesto
eva eve evelyn
fernando nando fer
florence flo
frances fran francesca
francois frans franz frank franciscus
francesco franco
franklin frank
frederik frederic freek fred fritz
gabriela gaby gabi gabrielle gabriella gabby
georgios giorgos yorgos yiorgos george
gerardus gerard ger
gerhard gerd gert
gerrit gert
gillian jill gill
giovanni gianni
giuseppe beppe
gottfried friedel
gyorgy george
grzegorz greg gregor gregory grzesiek
gustavo gus gustav
guillermo guille memo
guillaume gui will
hans johann
hartmut hardy
helen helena elena helene nell eleni lena
hendrik henk henri henry rik henrik
heinz heinrich hein
hyman hy
ilya ilia elijah
inmaculada inma
ioannis yannis yiannis giannis john
ivan vanya ivo john
jaap jacob jacobus
jaroslaw jarek
jaroslav jarda
javier javi xavier xavi
jeremiah jeremy jerry
jerzy jurek george
jesus chus
jiri jirka george
joachim achim jochen
joaquin quim joaquim
johan johann johannes jo jan hans hannes john
joel joe
josephine jo josie
juan juanjo
julia julie yulia iuliia
jurgen jorgen
karen kari
katarzyna kasia
katharina katja kathe kati katchen
kevin kev
konstantinos kostas costas dinos constantine konstantin
konstantin constantin kostya kostiantyn
krzysztof chris krzys
lars lasse laurentius
leonardo leo leonard leonid
leszek lech
lucia lucy luci
ludmila lyudmila lida mila
lynn lynette
maciej maciek mathias
madeleine madeline maddie
malcolm mal
marc mark marcus markus marco marek marcos
margarita rita marga margaret margo
mariana marianna marianne maria
martinus martijn maarten martin
maxwell max
megan meg
melanie mel
mercedes merce
michal michael mike misha
mikhailo mykhailo mykhaylo mikhail michael
miroslav mirek miro
miroslaw mirek
mitchell mitch
mohammed moe mo mohamad mohammad muhammad mohamed
montserrat montse
mykola nikolai nikolay nicholas nick
naomi noemi
natalia natalie nathalie natasha natalya nataliya nataly nat
nicola nicole nikki nicky
nikolaos nikos nick nicholas
olga olya
olha olga
panagiotis panos takis
patrizia patricia
pavel paul pawel pasha
penelope penny
philippa pippa
pieter piet peter petrus
przemyslaw przemek
rafael raphael rafa rafal
randolph randy
ravindra ravi
regina gina
reinhard reiner
ricardo rich ric
richard dickie ritchie
roberto rob robert beto
robin rob
rodney rod
rodrigo rod
rosemary rose rosie
rudolf rudi
ryszard richard rysiek
salvatore sal salvador
samson sam
sandeep sandy
santiago santi
sarah sally sara
seyed sayed seyyed sayyed syed said
shawn sean shaun
slawomir slawek
sophia sophie sofia sofya
spyridon spyros
stanislaw staszek stan stanislav stas
stavros steve
stefano stefan stephen steve
stewart stuart stu
susanna zsuzsanna zsuzsa susan susi
svetlana sveta lana
sylvia silvia
szymon simon
tadeusz tadek thaddeus
tamara toma tami
theodoros thodoris theo
tomasz tom tomek thomas
tomislav tomo
ulrich uli ulrike
vasileios vasilis bill vassilis
vasily vasya vasyl basil
venkatesh venkat
venkata venkat
veronica vera ronnie nika
viacheslav slava vyacheslav
virginia ginny
vitaly vitalii vitaliy
vladislav vlad slava vladyslav
vladimir vlado volodya vova wladimir
werner vern
wesley wes
wieslaw wiesiek
willem wim bill william willy
wilhelm willy wim
wladyslaw wladek
wlodzimierz wlodek
wojciech wojtek
wolfgang wolf
yannis jannis ioannis john
yaroslav jaroslav slava
yekaterina ekaterina katya katia
yevgenia evgenia eugenia zhenya
yuri yury iurii yurii george
zbigniew zbyszek
zdenek zdenko
abdul abd
abdelrahman abdo
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
