/** Groups of given names that one person goes by; the full names first. No list on the registry held people's short names, so this is ours. */
export const nicknameGroups = `
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
abdelrahman abdurrahman abderrahmane abdulrahman
achraf ashraf
aleksander alexander aleksandr oleksandr aliaksandr alexandros alexandru alexandre alessandro alejandro alexandr alex sandor olek sasha
alfonso alphonse poncho
aloysius alois luigi
ambroise ambrose
ambrosius ambrose
andras andrew andor
andrzej andrew andrei jedrzej andy
anders andreas andrew andres
andres andrew andreu
anton antonin antoni antoon toon ton
antonios antonis adonis
apostolos tolis
arpad arpi
athanasios thanasis thanos sakis nasos
avraham avi abraham avram abram rami
baruch baruh
begona bego
benjamin binyamin benny veniamin
bernardo bernard
bernat bernardo bernard
boris borya borislav
caterina catherine katerina
chadi shadi
chafik shafik chafic shafic shafiq chafiq
chaim haim hayim hayyim
chaker shaker
charalampos haris charis babis charalambos haralambos
charif sharif cherif sherif shareef
charles carlo karol karoly karl carl
chava hava eva
christodoulos christos
christophe christopher christof kristof christoforos tophe
christos chris
claudio claude claudius
constantin konstantin constantine costin
constantinos konstantinos costas kostas costis kostis constantine dinos
cornelia corrie nelly
cristian christian cris
cristina christina cris tina
cristobal christopher
daniil daniel danila danylo
darya daria dasha
david dawid davide dudi dudu
dieter diether
dietrich dieter
dimitrios dimitris mimis mitsos dimos jim
dmytro dmitry dmitri dima
dominic domingo domenico
domenico mimmo dominic
dorothea dora doris thea
dorota dorothy
eduard edward eduardo edouard edvard edi
eduardo edward edu
efstathios stathis
efthymios thymios
eftychia effie
eirini irene irini rena
ekaterini katerina catherine aikaterini
elias ilias elijah elie
eliyahu eli elijah
eliezer eli
elisabet elizabeth
elizaveta elizabeth liza
emil emile emilio
emilia emily emilie
eric erik erich
erzsebet elizabeth
esteban stephen steven
esther ester estee
etienne stephen stephane
eulalia laia
evangelos vangelis vagelis
evangelia eva evi lia
fedor fyodor theodore feodor
ferenc francis franz
filippo philip
filip philip philippe
foteini fotini
francesc francisco xesc cesc francesco
francisco francis paco pancho kiko chico francesc
frederico frederick
frederique frederika
friederike rike
fyodor theodore theodor
gennady gennadi gennadiy gennadii gena
georgy george georgi georgii georgiy gheorghe goga yura
ghassan gassan
giacomo jacob james
gottlieb theophilus
gregorios grigoris gregory
guadalupe lupe
guglielmo william
gunther gunter guenther guenter
gustavo gustav gus
habiba habibah
hana hanna hannah
hannes johannes
heinrich henry hinrich hein heiner
hicham hisham
hermann herman armand
hryhoriy grigory gregory hryhorii
huseyin hussein husein hussain hossein
ibrahim abraham ebrahim brahim ibraheem
idoia idoya
ignacio inaki ignatius ignasi nacho
ignacy ignatius
igor ihor
ikram ekram
ildiko ildi
ioan john ion
ioannis yannis ioannes john yiannis giannis
ion john
iryna irina ira irene
isaac itzhak yitzhak itzik izhak isaak
ismail esmail ismael esmaeil
israel yisrael srul
istvan stephen steven pista
iulia julia iuliana
ivan john iwan vania
jacobo jacob
jacques jack james jacob
jadwiga hedwig
jaime james jaume
jakub jacob james kuba jakob
jamal gamal djamal
jamil gamil djamil
jan john johannes ian johan
janos john jancsi
jaume jaime james
jean john johannes jan hans jeannot
joao john
joan juan john
joan jo
johann john hans
jordi jorge george georges
jorge george
jose joseph josep chepe
josep jose joseph pep
jozsef joseph
juan john
juraj george
jurij yuri yury
kalman koloman
karel charles karl
karl carl karol
karoline caroline
karoly charles karl
katalin catherine kati kata
katrin katharina catherine
khaled khalid haled
kirill cyril kyrill kyrylo
klaus claus
koenraad koen conrad
konrad conrad kurt
kseniya ksenia xenia oksana
lajos louis ludwig
laura lora
laurent lawrence laurentius
lavrentios lawrence
lazaros lazar
lev leo leon leib
leonid leonhard lenya
lorenzo lawrence laurence
lourdes lurdes
luc luke
luca luke lukas
ludovic louis ludwig
ludvik ludwig louis
luigi louis gigi
luis louis lluis ludovico
lukas luke luca lukasz
lukasz luke luca
lyubov lyuba luba
magdalini magda
mahmoud mahmud mahmood
manuela manoli manola
marcin martin
marcello marcel
marija maria mary
mariam maryam miriam myriam
mariya maria masha
marketa margaret
martijn martin
mateusz matthew matt mateo
matteo matthew
mateo matthew
mathieu matthew matthieu matt
matthijs matthew mathijs thijs matthias
mattias matthias
meir meyer
menachem menahem
mehmet mohammed muhammet muhammed
michail michael michalis mihalis mike
michalis michael michail mike
michele michael
mihaly michael misi
mihai michael mihail
miguel michael
miklos nicholas nicolas nick
mohammad muhamad mehmet
mordechai motti motty mordecai
moritz maurice mauritz
moshe moses moishe musa mosche
mustafa mostafa mustapha moustafa mostapha
nadezhda nadia nadya
natan nathan
nathanael nathan
nenad neno
nicola nicholas nico nick
nicolae nicholas nicu nick
niels nicholas nils
nikola nicholas nikolai
nikita nikitas
nikolaus nicolas nicholas klaus
odysseas odysseus ulysses
ofer opher
oleg oleh
osama usama oussama ossama
othman osman uthman
paolo paul
pablo paul
pal paul
pau paul pablo
paraskevi evi vivi voula
paul pavel pavlo pavlos paulo paolo
pavlo paul pavel
pavlos paul
pericles periklis
petros peter
pierre peter piet
piero peter pietro
pietro peter piero
pilar pili
qasim kasim qassem kassem ghasem
rachid rashid rasheed
rafal raphael
raimundo raymond
ramakrishnan ramki
ramon raymond
remigius remi
rene renatus
riccardo richard
rodolfo rudolf
rosalia rosa
rosario charo
ruben reuben reuven
saeed said saeid
sandor alexander
sara sarah
savvas savas
sebastien sebastian
semyon simon semen
shimon simon simeon
shira shirah
shlomo solomon salomon suleiman
shmuel samuel
sigurd siegfried
siegfried sigi
simeon simon
sofia sofya sonya
sotirios sotiris
stephane stephen stefan
stefanos stephen steven
suleiman suleyman sulaiman sulayman solomon soliman
svyatoslav slava
taras tarasiy
tareq tariq tarek tarik
tatyana tatiana tanya tania
themistoklis themis
theodora dora
theofilos theophilos
thierry theodoric terry
timofey timothy tim
timoteo timothy
tomas thomas tomi
tommaso thomas
trifon tryphon
ulf ulv
umar omar omer
uriel uri
vaclav wenceslas venceslav vasek
valentin valentine valya
valery valerii valeri valeriy
vassiliki vicky vasiliki vaso
vicente vincent vicent
victor wiktor viktor
vito vitus
vittorio victor
vojtech adalbert
wenzel wenceslas
yaakov jacob yakov kobi yankel jakob
yahya yehia yahia
yakov jacob yaakov jakov
yefim efim chaim
yehoshua joshua shuki
yehuda judah judas yuda yudi
yelena elena helen lena
yeshayahu isaiah
yevhen eugene evgeny
yitzhak isaac itzhak
yolanda yoli
yonatan jonathan yoni
yosef joseph yossi yossef youssef yousef yusuf
yoshua joshua yehoshua
yuriy yuri george
yusuf youssef yousef josef joseph yousuf yosef
zeev wolf
zachariah zach zack
`
