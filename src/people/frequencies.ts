// Written by scripts/count-frequencies.ts from 11089 papers of arXiv's listings of cs.AI, cs.CL and cs.CV, September to November 2025.

/** How many papers, and how many names, each counted once, the counts below are of. */
export const countedPapers = 11089
export const countedNames = { pinyin: 23047, other: 21610 }

/** Families by the number of names, where at least 8 bear them. */
export const families = counts(`
wang:1353 li:1244 zhang:1208 liu:962 chen:918 yang:588 wu:551 xu:514 huang:470 zhao:418 zhou:407 zhu:371 kim:350 yu:348 lee:339 sun:311
lin:298 hu:285 jiang:282 guo:272 ma:272 he:268 lu:263 zheng:242 gao:215 song:209 shi:200 tang:199 luo:197 han:181 xie:164 liang:159 cheng:156
shen:155 park:151 cao:149 wei:149 yuan:147 feng:145 yan:145 dong:143 peng:139 ye:137 jin:134 fan:133 nguyen:132 fu:130 zeng:126 deng:122
du:122 yin:122 tan:119 cai:118 xiao:116 ding:114 yao:114 ren:113 su:113 pan:109 jia:104 tian:101 fang:100 choi:98 gu:96 qin:90 kang:88
zhong:86 chang:85 qiu:85 xia:84 dai:83 liao:83 wen:83 hong:82 cui:81 ji:81 kumar:78 gong:75 zou:75 singh:72 mao:67 xiong:67 wan:64 xue:63
qian:62 bai:61 gupta:59 hao:58 hou:58 tao:58 khan:57 qi:57 meng:56 qu:55 shao:54 kong:53 lei:51 lyu:51 sharma:51 cho:49 duan:49 ge:47 jung:47
le:47 miao:46 an:45 niu:45 tu:45 guan:44 zhan:44 zhuang:44 jain:41 xiang:41 xing:41 yi:40 lim:39 lv:39 you:39 jang:38 shah:38 wong:37 ali:36
lan:36 long:36 yue:36 min:35 pang:35 rahman:35 tong:35 ahmed:34 lai:34 ni:34 patel:34 qiao:34 tran:34 chu:33 bao:32 nie:32 ouyang:32 islam:31
jiao:31 mishra:31 shu:31 jing:29 yoon:29 ghosh:28 hua:28 shin:28 zhai:28 hwang:27 oh:27 rao:27 seo:27 shan:27 mei:26 shang:26 ju:25 ning:24
silva:24 agarwal:23 das:23 gan:23 jeong:23 vu:23 weng:23 zuo:23 chan:22 dang:22 ling:22 mu:22 roy:22 chung:21 jeon:21 lian:21 yun:21 geng:20
gui:20 hassan:20 hossain:20 ko:20 kwon:20 pei:20 pham:20 pu:20 xi:20 bi:19 ruan:19 bian:18 dou:18 garcia:18 mo:18 muller:18 jo:17 martin:17
moon:17 saha:17 ying:17 ahn:16 alam:16 garg:16 goyal:16 hsu:16 ke:16 kulkarni:16 ou:16 smith:16 son:16 thomas:16 xin:16 yoo:16 bae:15
banerjee:15 chi:15 huo:15 joshi:15 mai:15 ng:15 srivastava:15 tsai:15 biswas:14 chai:14 chakraborty:14 chowdhury:14 ho:14 kuang:14 lam:14
lo:14 mehta:14 pandey:14 santos:14 sheng:14 williams:14 agrawal:13 ahmad:13 ai:13 brown:13 cheung:13 cohen:13 hasan:13 hussain:13 lou:13
si:13 sui:13 teng:13 verma:13 yadav:13 yeh:13 bui:12 do:12 dutta:12 hashemi:12 jha:12 jones:12 luan:12 pereira:12 ray:12 reddy:12 rong:12
s:12 schneider:12 sinha:12 arora:11 bhattacharya:11 bu:11 diao:11 fei:11 fischer:11 ha:11 johnson:11 leng:11 lewis:11 oliveira:11 raj:11
ran:11 sarkar:11 souza:11 srinivasan:11 team:11 vo:11 white:11 xian:11 chae:10 choudhury:10 di:10 evans:10 gonzalez:10 hsieh:10 hui:10
jian:10 joseph:10 karim:10 krishna:10 lang:10 ming:10 mittal:10 mohamed:10 nam:10 nan:10 nayak:10 phan:10 rodriguez:10 ryu:10 saito:10
taylor:10 tiwari:10 woo:10 zhuo:10 basu:9 bhat:9 bo:9 cen:9 chiu:9 cong:9 datta:9 davis:9 goel:9 hoang:9 martins:9 meyer:9 mi:9 mohammed:9
muhammad:9 mukherjee:9 ngo:9 patil:9 paul:9 quan:9 roberts:9 sato:9 she:9 shrivastava:9 shukla:9 singla:9 thakur:9 thompson:9 tsang:9 weber:9
zhen:9 bharadwaj:8 bhardwaj:8 cha:8 chao:8 costa:8 dao:8 dey:8 diaz:8 fernandez:8 gandhi:8 heo:8 hung:8 huynh:8 ibrahim:8 iyer:8 klein:8
kwak:8 lau:8 martinez:8 miller:8 mitchell:8 mohammadi:8 nakamura:8 narayanan:8 nath:8 papadopoulos:8 perez:8 r:8 rahimi:8 rathore:8 sanchez:8
schmidt:8 sengupta:8 tai:8 tanaka:8 tripathi:8 trivedi:8 young:8 zhi:8 zong:8
`)

/** Given names beside a family that may be Mandarin; whole, where at least 5 bear them. */
export const givenBesidePinyin = counts(`
wei:82 xin:75 yu:71 yang:65 yi:65 hao:62 yan:56 chen:54 jun:54 li:54 rui:54 lei:52 bo:49 peng:49 yuan:48 yue:48 chao:46 tao:45 cheng:44
kai:44 qi:44 jing:43 xiao:43 fei:42 bin:41 xinyu:41 yifan:41 jie:40 kun:40 zhen:40 ying:39 jian:38 feng:37 han:37 liang:36 jin:35 ke:34
xiang:34 xu:33 yao:33 jiayi:32 ming:32 yuchen:32 yuxuan:32 dong:31 yong:31 yun:31 zheng:31 lin:30 zhe:30 jiawei:29 lu:29 nan:29 zihan:29
bowen:28 wen:28 yifei:28 yiming:28 yuxin:28 di:27 jiaqi:27 qiang:27 shuai:27 xiangyu:27 hong:26 hui:26 jiahao:26 sheng:26 tianyu:26 tong:26
ye:26 fan:25 qing:25 shuo:25 xiaoyu:25 zhi:25 hang:24 long:24 tianyi:24 zeyu:24 zhenyu:24 haoran:23 jiaxin:23 meng:23 mingyang:23 zhiyuan:23
min:22 xi:22 zihao:22 jiajun:21 junjie:21 pengfei:21 siyuan:21 xingyu:21 xuan:21 yuqi:21 jia:20 jiacheng:20 ran:20 song:20 xing:20 yuhao:20
zhihao:20 zhiqiang:20 ziyu:20 chang:19 dan:19 jiaming:19 le:19 ping:19 qian:19 tian:19 ting:19 wenbo:19 wenjie:19 yucheng:19 yuhang:19
bing:18 he:18 jiayu:18 ning:18 xiaodong:18 yibo:18 zhiwei:18 zixuan:18 ziyang:18 haotian:17 haoyu:17 hongyu:17 huan:17 ling:17 shi:17
wenhao:17 xiaolong:17 yichen:17 yiwen:17 yujie:17 yuxiang:17 yuyang:17 zijian:17 zirui:17 can:16 cong:16 gang:16 jiarui:16 kaiwen:16 kevin:16
siqi:16 xinyi:16 yicheng:16 yiyang:16 yufeng:16 zhang:16 chenyang:15 chenyu:15 chong:15 fang:15 ge:15 ji:15 jingyi:15 pan:15 pei:15 shiyu:15
siyu:15 weihao:15 wenjun:15 wentao:15 xinyue:15 xun:15 yilin:15 yixuan:15 yuhan:15 yuwei:15 zhichao:15 zhicheng:15 bohan:14 haibo:14
haonan:14 haoyang:14 heng:14 hu:14 jingyu:14 junhao:14 liu:14 miao:14 qin:14 rong:14 yihang:14 yufei:14 yuqing:14 zhipeng:14 ziyi:14
hongyi:13 hua:13 jiachen:13 jiahui:13 jiang:13 junyi:13 lijun:13 renjie:13 shan:13 shiwei:13 tianhao:13 wang:13 weiwei:13 xiaofeng:13
xiaohan:13 xue:13 yihao:13 yiran:13 yiwei:13 zhiyong:13 zhiyu:13 zijun:13 ziqi:13 andrew:12 biao:12 chenhao:12 haitao:12 haoyuan:12 jiale:12
jingjing:12 junfeng:12 junlin:12 junyu:12 kaiyu:12 quan:12 shen:12 shuang:12 tingting:12 weijia:12 weijie:12 wenxuan:12 xiaowei:12 yiheng:12
yihong:12 yijun:12 yilun:12 yin:12 yiping:12 yuanyuan:12 yukun:12 ze:12 zichen:12 ziwei:12 boyu:11 chengyu:11 daniel:11 dawei:11 hongbo:11
jiaxuan:11 michael:11 minghao:11 minghui:11 mingyu:11 pengcheng:11 ruiqi:11 sen:11 shengyu:11 shu:11 teng:11 xiaobo:11 xiaojun:11 xiaoxiao:11
xiaoyang:11 xudong:11 yijie:11 yinghao:11 yixiao:11 yixin:11 yufan:11 yutao:11 yuxi:11 zhaoyang:11 zhou:11 zhuo:11 ziyan:11 ao:10 ce:10
chenxi:10 chenxu:10 chi:10 eric:10 hai:10 hongwei:10 jianfei:10 jianfeng:10 jianing:10 kaixin:10 lan:10 mingxuan:10 ryan:10 shihao:10
shiqi:10 weiming:10 wenlong:10 wenyu:10 xian:10 xiaofei:10 xiaohui:10 yangyang:10 yifeng:10 yihan:10 yingjie:10 yingying:10 you:10 yuanhao:10
yuheng:10 yutong:10 zhenghao:10 zhihui:10 zhiqi:10 zijie:10 an:9 ben:9 boyang:9 chuan:9 david:9 dongyang:9 guang:9 guangyu:9 haifeng:9
haiyang:9 hanyu:9 haochen:9 haojie:9 haoxuan:9 haozhe:9 hongyuan:9 jialong:9 jianan:9 jiapeng:9 jiaxing:9 jiayuan:9 juncheng:9 junwei:9
kang:9 linfeng:9 mengyu:9 mingrui:9 ruijie:9 shijie:9 shun:9 sicheng:9 wenqiang:9 wenxin:9 xia:9 xiangyang:9 xiaoqi:9 xinhao:9 xinyuan:9
xuyang:9 yanjie:9 yichao:9 yilong:9 yining:9 yizhou:9 yujia:9 yuming:9 yunfei:9 yunpeng:9 yuting:9 zhan:9 zhengyang:9 zhu:9 ziang:9 ziheng:9
zixin:9 ziyuan:9 chun:8 dandan:8 hongyang:8 jiahe:8 jialin:8 jianhua:8 jianhui:8 jianwei:8 lang:8 liming:8 lingfeng:8 longfei:8 mingming:8
pengyu:8 qihang:8 ruoyu:8 shaowei:8 shengjie:8 sicong:8 sirui:8 siwei:8 tiancheng:8 tianxiang:8 tianyang:8 weihua:8 wenbin:8 wenqi:8
wenyuan:8 xiaochen:8 xiaohua:8 xiaolin:8 xiaoming:8 xiaowen:8 xilin:8 xinran:8 xinyan:8 xinyao:8 xuhui:8 yimin:8 yitong:8 yongjie:8 yubin:8
yulin:8 yulong:8 yunzhi:8 yushi:8 yuxiao:8 zekun:8 zhao:8 zhengyu:8 zhijie:8 zhixin:8 zhuoran:8 zikang:8 alex:7 bolin:7 brian:7 chenchen:7
chenhui:7 chuang:7 da:7 ding:7 dongsheng:7 guanghui:7 guanyu:7 guo:7 guodong:7 haibin:7 hanlin:7 haodong:7 haolin:7 haoming:7 haoxiang:7
heming:7 honglin:7 jason:7 jiajie:7 jianwen:7 jianxin:7 jiawen:7 jiaxi:7 jingwei:7 jinhui:7 jinyu:7 jiyuan:7 junbo:7 kaiyuan:7 keyu:7
lifeng:7 linlin:7 liwei:7 lixin:7 mengmeng:7 mingze:7 mu:7 peilin:7 pu:7 qianqian:7 qianyu:7 qiao:7 qiming:7 qingsong:7 qiyuan:7 ruixuan:7
shaocong:7 shuhao:7 si:7 sihang:7 simin:7 sizhe:7 vincent:7 weidong:7 weikang:7 weimin:7 wendong:7 wenjia:7 wenyi:7 xiaolei:7 xiaoyan:7
xiaoyi:7 xingjian:7 xinxin:7 xinyang:7 yanfeng:7 yawen:7 yibing:7 yifu:7 yijia:7 yikun:7 yipeng:7 yiqun:7 yiting:7 yongkang:7 yubo:7 yuhui:7
yunhao:7 yunlong:7 yuntao:7 yuzhe:7 zhenhua:7 zhifei:7 zhihan:7 zhiheng:7 zhihong:7 zhiming:7 zihang:7 zilin:7 zilong:7 ziming:7 zitong:7
anqi:6 bingbing:6 boyuan:6 chenghao:6 chenglong:6 chu:6 chunyang:6 dexin:6 dongdong:6 guanghao:6 guohao:6 guojun:6 guoqiang:6 guowei:6
haichao:6 hailong:6 haiming:6 hanqing:6 hongbin:6 hongxia:6 hongyan:6 huang:6 jiahuan:6 jiakai:6 jialing:6 jiancheng:6 jianhao:6 jiani:6
jianqiang:6 jianyu:6 jiao:6 jiaojiao:6 jiarong:6 jiayang:6 jiayao:6 jiazhen:6 jinbo:6 jindong:6 jingqi:6 jingwen:6 jingyang:6 jingyuan:6
jinhao:6 jinpeng:6 jinsong:6 jinyi:6 john:6 jonathan:6 juan:6 junchi:6 junfei:6 junhui:6 junming:6 junqi:6 juntao:6 junyan:6 kan:6 kewei:6
licheng:6 lina:6 mao:6 matthew:6 mingchen:6 mingjie:6 mingyi:6 mingzhe:6 peiyu:6 qingyu:6 ren:6 ruibo:6 ruichen:6 ruiming:6 ruochen:6 shang:6
shaohua:6 shaojie:6 shijia:6 shilin:6 shiyao:6 sifan:6 sijie:6 simon:6 siyi:6 sophia:6 steven:6 tengfei:6 tianci:6 tianle:6 tianqi:6 tony:6
weichao:6 weicheng:6 weifeng:6 weijian:6 weizhe:6 weizhi:6 wenhui:6 wenjing:6 wenkai:6 wenwen:6 william:6 xiangjun:6 xiaoli:6 xiaoling:6
xiaomeng:6 xiaopeng:6 xiaoqing:6 xiaoying:6 xingyue:6 xinrui:6 xinwei:6 xueyang:6 yajie:6 yanbin:6 yanjun:6 yansong:6 yanyan:6 yibin:6
yidan:6 yikang:6 yimeng:6 yinuo:6 yiqing:6 yitian:6 yiyao:6 yongxin:6 yuanzhe:6 yujian:6 yujun:6 yuliang:6 yunqing:6 yupeng:6 yushan:6
yusheng:6 yuying:6 zelin:6 zhenglin:6 zhibo:6 zhihua:6 zhimin:6 zhiyang:6 zhiyi:6 zhiying:6 zhongyu:6 zifan:6 zifeng:6 zipeng:6 bang:5
binbin:5 bingqing:5 bowei:5 boyi:5 changwei:5 chaoyang:5 chengjie:5 chenglin:5 chengyuan:5 chenrui:5 chunhua:5 chunyu:5 danni:5 dian:5
dingyi:5 emily:5 en:5 enze:5 fangzhou:5 frank:5 gao:5 gong:5 guangming:5 guoliang:5 guoqing:5 guosheng:5 haiyan:5 hanqi:5 haobo:5 haowei:5
haoyi:5 hengyu:5 hongfei:5 hongkai:5 hongming:5 huimin:5 james:5 jeffrey:5 jiacong:5 jiali:5 jialu:5 jianbin:5 jiangtao:5 jianguo:5 jianjun:5
jiasheng:5 jichao:5 jingbo:5 jinghui:5 jinglin:5 jingrui:5 jingtong:5 jingxuan:5 jinhua:5 jinlin:5 jinlong:5 jinrui:5 jinwei:5 jinxin:5
junchao:5 junhong:5 junkai:5 junlong:5 junyang:5 justin:5 kaiqi:5 kaixiang:5 kexin:5 kui:5 leilei:5 letian:5 libo:5 lihui:5 lingyu:5 liyang:5
liyuan:5 lulu:5 mei:5 mengfei:5 mengjie:5 mengqi:5 mengyuan:5 mi:5 michelle:5 minglei:5 mingxing:5 mo:5 na:5 ni:5 peiran:5 pengpeng:5 peter:5
qiankun:5 qijun:5 qinghao:5 qingqing:5 qingyang:5 qingyuan:5 qiong:5 qiqi:5 qirui:5 qixin:5 qiyao:5 qiyu:5 qun:5 runmin:5 shanshan:5
shaohui:5 shenghao:5 shenghua:5 shengkai:5 shibo:5 shichao:5 shuguang:5 shuhan:5 shuyi:5 sihao:5 siyang:5 songlin:5 tianrui:5 tianwen:5
tianze:5 wanli:5 weibin:5 weiqi:5 weiran:5 weixin:5 weiyi:5 wenda:5 wensheng:5 wenshuo:5 wenting:5 xiaobin:5 xiaoguang:5 xiaohang:5 xiaojie:5
xiaokang:5 xiaonan:5 xiaoping:5 xiaoqian:5 xiaoxing:5 xiaoye:5 xiaoyuan:5 xinbo:5 xinfeng:5 xinglong:5 xingxing:5 xinlei:5 xintong:5 xinzhe:5
xurui:5 yanan:5 yaoyao:5 yaqi:5 yaru:5 yaxin:5 yichun:5 yidong:5 yihui:5 yikai:5 yinan:5 yinghui:5 yirui:5 yizhe:5 yongchao:5 yongliang:5
yongqiang:5 yongsheng:5 yongwei:5 yuanming:5 yuefeng:5 yujin:5 yunfeng:5 yunhe:5 yunze:5 yusen:5 yutian:5 yuwen:5 yuyao:5 zehao:5 zekai:5
zenan:5 zexin:5 zeyi:5 zeyuan:5 zhehao:5 zhendong:5 zhengtao:5 zhenhong:5 zhentao:5 zhenwei:5 zhenxin:5 zhifang:5 zhifeng:5 zhiwen:5
zhizhong:5 zhong:5 zhonghao:5 zian:5 zibo:5 zicheng:5 zijing:5 ziqian:5 ziqiang:5 zixian:5
`)

/** First given names beside other families. */
export const givenBesideOther = counts(`
david:161 michael:147 daniel:144 thomas:93 md:89 alexander:86 ali:83 mohammad:83 muhammad:74 benjamin:64 martin:59 andrew:58 christian:58
jan:57 matthew:57 john:56 peter:54 anna:53 robert:53 ivan:50 andrea:48 paul:48 ahmed:47 james:45 jonathan:45 m:45 marco:45 simon:45 adam:44
andreas:44 maria:44 mohamed:44 kevin:43 samuel:43 christopher:42 patrick:41 sebastian:41 alex:39 amir:39 luca:38 eric:36 william:36
nicholas:34 richard:34 stefan:34 victor:34 gabriel:33 joseph:32 mark:32 nicolas:32 juan:31 brian:30 matteo:30 jean:29 lukas:29 sara:29
diego:28 jose:28 luis:28 marc:28 pierre:28 steven:28 tim:28 chris:27 fabio:27 laura:27 miguel:27 aaron:26 antonio:26 francesco:26 jacob:26
joshua:26 lorenzo:26 federico:25 george:25 jason:25 julia:25 manuel:25 philipp:25 rahul:25 simone:25 dan:24 joao:24 lucas:24 omar:24 paolo:24
roman:24 ryan:24 a:23 aditya:23 christoph:23 javier:23 jonas:23 mohammed:23 oliver:23 tom:23 amit:22 ana:22 anthony:22 felix:22 minh:22
pablo:22 rafael:22 adrian:21 ben:21 fabian:21 johannes:21 matthias:21 sai:21 sarah:21 stefano:21 timothy:21 ahmad:20 carlos:20 elena:20
michal:20 pedro:20 philip:20 syed:20 vincent:20 alexandre:19 andre:19 emily:19 fernando:19 florian:19 hossein:19 julian:19 julien:19
maryam:19 nathan:19 nikhil:19 alan:18 anton:18 charles:18 j:18 markus:18 nick:18 riccardo:18 sam:18 sean:18 alberto:17 alessandro:17
andrei:17 ayush:17 dimitrios:17 dominik:17 jeremy:17 konstantinos:17 max:17 robin:17 scott:17 abdullah:16 alejandro:16 alireza:16
amirhossein:16 davide:16 denis:16 erik:16 giovanni:16 ibrahim:16 mahdi:16 mehdi:16 nikita:16 rodrigo:16 rohan:16 vladimir:16 yu:16 alexis:15
francisco:15 georgios:15 giuseppe:15 gustavo:15 hannah:15 jack:15 maciej:15 mario:15 oscar:15 philippe:15 sergey:15 yash:15 akshay:14
anders:14 anne:14 benoit:14 dennis:14 gregory:14 ian:14 justin:14 matt:14 mustafa:14 nikolaos:14 olga:14 silvia:14 tobias:14 tomas:14 tuan:14
vivek:14 abhinav:13 amin:13 andrey:13 antoine:13 arash:13 ashish:13 axel:13 barbara:13 bryan:13 edward:13 elias:13 elizabeth:13 emmanuel:13
fatemeh:13 guillaume:13 hamid:13 jakub:13 jesse:13 k:13 lars:13 marek:13 mohsen:13 paula:13 pranav:13 raphael:13 ravi:13 siddharth:13 sven:13
valentin:13 vishal:13 abdul:12 abhishek:12 alice:12 anand:12 anurag:12 aryan:12 chiara:12 christos:12 eduardo:12 ethan:12 frank:12
gabriele:12 georg:12 harsh:12 hoang:12 jakob:12 jay:12 jordan:12 jorge:12 karthik:12 mathieu:12 maxime:12 maximilian:12 olivier:12 reza:12
rishabh:12 s:12 saurabh:12 sina:12 stephan:12 stephen:12 theo:12 timo:12 tyler:12 zahra:12 andy:11 catherine:11 claudia:11 clement:11
cristina:11 daniela:11 daniele:11 ehsan:11 emma:11 eva:11 gaurav:11 guy:11 hassan:11 ioannis:11 josef:11 leon:11 lisa:11 manish:11 marcus:11
marius:11 marta:11 panagiotis:11 piotr:11 remi:11 romain:11 ruben:11 shubham:11 vaibhav:11 vijay:11 youssef:11 alessio:10 alexandra:10
alvaro:10 boris:10 christophe:10 colin:10 dmitrii:10 emanuele:10 eugene:10 filip:10 francois:10 g:10 gautam:10 hadi:10 henry:10 hugo:10
jennifer:10 joe:10 karen:10 kunal:10 kyle:10 leo:10 leonardo:10 mahmoud:10 matthieu:10 mattia:10 morteza:10 nam:10 neel:10 nils:10 nishant:10
pawel:10 petr:10 pietro:10 r:10 sebastien:10 seyed:10 thanh:10 tiago:10 varun:10 yusuke:10 akhil:9 aman:9 andres:9 arman:9 armin:9 arthur:9
asif:9 brandon:9 c:9 connor:9 daniil:9 deepak:9 derek:9 dirk:9 divya:9 dmitry:9 fabrizio:9 felipe:9 francesca:9 francis:9 frederic:9 giulia:9
ilya:9 jeffrey:9 julius:9 marcel:9 marie:9 mateusz:9 mehrdad:9 mert:9 michele:9 michelle:9 naoki:9 neil:9 nicola:9 niklas:9 noah:9 ondrej:9
radu:9 ricardo:9 rishi:9 roberto:9 rohit:9 saeed:9 santiago:9 siddhant:9 sofia:9 steffen:9 stephane:9 stephanie:9 steve:9 sumit:9 taylor:9
tony:9 vanessa:9 wei:9 xavier:9 yannick:9 yi:9 yuki:9 zachary:9 abdelrahman:8 aditi:8 alexey:8 anastasia:8 ariel:8 arjun:8 arnav:8 arun:8
ayan:8 bruno:8 cesar:8 christina:8 claire:8 cristian:8 dhruv:8 diana:8 dimitris:8 diogo:8 duc:8 edoardo:8 ekaterina:8 eli:8 enrico:8 fabien:8
fatima:8 ganesh:8 gerard:8 ha:8 hamed:8 hanna:8 hari:8 huy:8 igor:8 ilia:8 irina:8 jaime:8 jessica:8 jin:8 joel:8 julie:8 karim:8 kartik:8
katherine:8 kaushik:8 ken:8 kiran:8 laurent:8 lukasz:8 maarten:8 maksim:8 marcelo:8 marcos:8 mary:8 matheus:8 mayank:8 mehmet:8 mike:8
mostafa:8 nguyen:8 nima:8 pavan:8 pedram:8 pratik:8 rachel:8 rafal:8 rajesh:8 rob:8 roger:8 ron:8 sandeep:8 santosh:8 saurav:8 sergio:8
shivam:8 shreya:8 soumya:8 tae:8 takashi:8 tommaso:8 viktor:8 yejin:8 alina:7 angela:7 angelo:7 ankit:7 b:7 benedikt:7 bill:7 chaitanya:7
chi:7 claudio:7 daisuke:7 daria:7 dawid:7 dylan:7 elisa:7 faisal:7 farhan:7 giacomo:7 gianluca:7 giorgio:7 hasan:7 helen:7 henrik:7 hesham:7
i:7 jae:7 jens:7 jerome:7 johann:7 jorg:7 josh:7 jun:7 jung:7 kai:7 kate:7 keisuke:7 khanh:7 kim:7 krishna:7 majid:7 marcin:7 mariam:7
martina:7 massimo:7 mauro:7 melanie:7 mikhail:7 mitchell:7 moritz:7 n:7 natalia:7 niels:7 nikolai:7 nina:7 noam:7 nuno:7 omkar:7 parisa:7
pascal:7 priyanka:7 quoc:7 raj:7 rakesh:7 razvan:7 rebecca:7 ritesh:7 ronald:7 ryosuke:7 samir:7 sang:7 satoshi:7 shashank:7 shreyas:7
soham:7 sophie:7 sriram:7 stefanie:7 stuart:7 takeshi:7 takuya:7 tatiana:7 timur:7 tomasz:7 tomoya:7 trevor:7 tristan:7 usman:7 v:7 vahid:7
valentina:7 vishnu:7 vladislav:7 wai:7 walter:7 wojciech:7 wolfgang:7 yuta:7 yuval:7 adnan:6 ahmet:6 ajay:6 akash:6 akshat:6 aleksander:6
aleksandr:6 alexandros:6 amanda:6 anh:6 anirban:6 artem:6 artur:6 arvind:6 aurelien:6 bernd:6 bjorn:6 cameron:6 carl:6 carlo:6 carsten:6
cedric:6 constantin:6 corentin:6 cory:6 craig:6 d:6 daiki:6 danielle:6 dave:6 deborah:6 dinesh:6 emre:6 erin:6 esther:6 f:6 fahad:6 florin:6
franck:6 fred:6 gal:6 gian:6 guido:6 h:6 hamza:6 hans:6 hiroshi:6 hyun:6 hyunwoo:6 ignacio:6 imran:6 jake:6 jamie:6 jeremie:6 jinwoo:6
johan:6 jurgen:6 karl:6 lauren:6 lea:6 lena:6 leonard:6 loic:6 luc:6 luigi:6 luke:6 magdalena:6 mahsa:6 mai:6 marcello:6 marko:6 mathias:6
mina:6 mohammadreza:6 mohit:6 monica:6 natalie:6 nathaniel:6 neha:6 niki:6 omer:6 parsa:6 patricia:6 pieter:6 praveen:6 quentin:6 raghu:6
raja:6 roland:6 roni:6 ruth:6 sagar:6 sahar:6 saksham:6 samer:6 sander:6 sanjay:6 siavash:6 sung:6 surya:6 susan:6 talha:6 thierry:6 van:6
vera:6 victoria:6 vikas:6 vinay:6 volker:6 wen:6 yann:6 yousef:6 yun:6 yusuf:6 abbas:5 abigail:5 abraham:5 abu:5 adithya:5 adrien:5 albert:5
aleksandar:5 aleksandra:5 alon:5 amal:5 amine:5 ammar:5 ananth:5 ananya:5 anastasios:5 anil:5 ankur:5 annette:5 arda:5 arianna:5 arijit:5
arya:5 ashutosh:5 avi:5 avinash:5 babak:5 baptiste:5 bart:5 bernhard:5 brett:5 caleb:5 charlie:5 chia:5 chinmay:5 chun:5 cuong:5 cynthia:5
dana:5 darshan:5 donald:5 drew:5 duy:5 eduard:5 egor:5 eitan:5 enrique:5 evgeny:5 fahim:5 federica:5 flavio:5 gia:5 gilles:5 giulio:5
gonzalo:5 grant:5 harshit:5 ho:5 holger:5 hubert:5 ido:5 ines:5 ioana:5 isaac:5 isabelle:5 ismail:5 jared:5 jeff:5 jesus:5 ji:5 jim:5
joachim:5 joanna:5 jon:5 joon:5 joy:5 judith:5 karolina:5 katarzyna:5 keith:5 kelly:5 kenneth:5 kentaro:5 khaled:5 khalid:5 khalil:5 kirill:5
klaus:5 koichi:5 konrad:5 kushal:5 l:5 lawrence:5 leandro:5 lee:5 lorenz:5 louis:5 lucia:5 luciano:5 mariana:5 martha:5 masoud:5 maya:5
mihir:5 mona:5 nancy:5 narendra:5 ngoc:5 nico:5 nicole:5 nikos:5 nir:5 nithin:5 nitin:5 noel:5 ofir:5 omri:5 or:5 oren:5 owen:5 p:5 partha:5
per:5 petros:5 phillip:5 piyush:5 prasanna:5 quang:5 rajeev:5 ramin:5 ran:5 rasmus:5 raul:5 rene:5 roy:5 ryo:5 saad:5 sabine:5 sachin:5
saif:5 salma:5 sameer:5 sami:5 sanchit:5 sandra:5 saptarshi:5 sepehr:5 shahin:5 shota:5 shruti:5 sonja:5 soo:5 sophia:5 stella:5 sylvain:5
t:5 tatsuya:5 thi:5 todd:5 trung:5 umair:5 utkarsh:5 valerio:5 vassilis:5 viacheslav:5 vikram:5 vinayak:5 vipul:5 vu:5 yannis:5 yaser:5
yonatan:5 young:5
`)

/** Words of titles and abstracts by the number of papers, where at least 110 use them. */
export const words = counts(`
and:11024 the:10891 for:10163 that:9605 model:9195 with:8792 this:8741 our:6480 from:6289 method:5468 language:5450 based:5405 large:5135
performance:5113 are:5039 framework:4978 while:4913 these:4895 propose:4761 task:4704 introduce:4658 dataset:4555 across:4520
demonstrate:4312 which:4064 result:3985 data:3955 experiment:3676 using:3657 existing:3612 benchmark:3611 however:3505 training:3443 can:3442
their:3413 learning:3391 state:3303 both:3290 achieve:3287 such:3281 show:3254 image:3216 into:3206 high:3126 through:3077 approach:3061
address:3053 challenge:3041 llms:2927 novel:2922 work:2908 art:2856 multi:2854 often:2795 evaluation:2781 have:2723 accuracy:2691 more:2682
two:2614 system:2604 reasoning:2544 paper:2532 but:2529 generation:2502 fine:2493 first:2468 real:2467 present:2458 between:2408 remain:2393
its:2355 over:2297 provide:2283 quality:2282 improve:2262 level:2234 human:2212 feature:2210 domain:2191 has:2186 time:2180 llm:2156
only:2139 extensive:2106 code:2091 approache:2074 information:2068 text:2059 via:2047 scale:2039 analysi:2033 diverse:2002 also:1968
representation:1951 baseline:1928 world:1918 enable:1908 multiple:1905 further:1899 new:1899 specific:1882 semantic:1859 where:1851
visual:1846 not:1824 without:1818 application:1817 http:1809 available:1808 when:1798 complex:1779 vision:1779 enhance:1776 critical:1775
efficient:1767 context:1766 significant:1764 significantly:1762 key:1718 outperform:1717 knowledge:1707 github:1698 three:1678 evaluate:1665
limitation:1662 research:1656 under:1651 yet:1644 enabling:1641 each:1634 robust:1613 recent:1607 process:1589 generate:1586 than:1583
including:1580 study:1564 limited:1561 trained:1555 capabilitie:1543 they:1537 effective:1532 strong:1532 aware:1530 understanding:1525
design:1521 due:1507 architecture:1485 detection:1485 dynamic:1472 single:1461 com:1451 open:1437 mechanism:1433 finding:1430 different:1411
prior:1401 current:1398 low:1397 all:1395 improvement:1393 source:1391 cross:1389 network:1388 inference:1378 agent:1377 proposed:1365
most:1360 scenario:1355 challenging:1351 effectiveness:1348 input:1342 tuning:1337 within:1335 require:1331 alignment:1328 leverage:1327
efficiency:1323 then:1323 capture:1317 designed:1315 integrate:1314 pipeline:1307 compared:1303 potential:1299 how:1284 problem:1282
strategy:1281 attention:1270 effectively:1267 score:1261 use:1258 comprehensive:1250 step:1247 prompt:1236 support:1233 question:1230
multimodal:1228 metric:1227 gap:1208 setting:1207 computational:1205 output:1190 cost:1188 during:1174 structure:1169 reveal:1168
specifically:1167 generated:1166 prediction:1160 achieving:1159 toward:1159 offer:1150 space:1148 optimization:1147 token:1140 object:1133
like:1119 used:1116 them:1113 deep:1112 accurate:1098 ability:1083 solution:1083 experimental:1079 variou:1079 reduce:1071 module:1070
parameter:1066 resource:1065 long:1064 technique:1064 natural:1058 robustness:1056 modeling:1055 video:1054 paradigm:1050 classification:1048
practical:1038 structured:1038 driven:1035 generalization:1034 lack:1033 making:1031 self:1023 rely:1020 issue:1018 highlight:1016 user:1016
guided:1011 environment:1006 stage:1006 spatial:1004 one:1002 other:1001 tool:999 interaction:997 well:997 strategie:992 grained:989
consistency:987 consistently:986 test:984 transformer:976 need:962 improving:958 insight:943 even:933 foundation:928 furthermore:924
standard:924 struggle:921 content:919 set:916 particularly:912 been:908 retrieval:908 pattern:906 supervised:903 perform:898 leveraging:896
consistent:893 distribution:891 error:890 generative:876 lightweight:875 employ:872 produce:872 scalable:872 component:870 temporal:869
diffusion:866 enhancing:861 embedding:858 superior:858 point:857 traditional:857 future:855 pre:854 gain:853 general:852 decision:845
sample:845 better:844 neural:844 response:844 exhibit:842 condition:841 shot:838 adaptive:836 segmentation:835 fail:830 advance:829
evaluating:825 processing:820 end:819 learn:819 scene:819 identify:816 non:816 annotation:806 free:805 reliable:804 unified:803 focu:802
global:800 expert:793 case:790 signal:789 target:788 loss:786 simple:783 typically:780 region:776 generating:773 automated:771
maintaining:771 algorithm:770 directly:765 despite:763 reinforcement:760 leading:756 range:752 deployment:747 achieved:746 crucial:741
fidelity:741 providing:740 four:739 behavior:737 preserving:736 synthetic:736 beyond:735 studie:735 small:733 average:731 reducing:730
demonstrating:724 control:715 field:711 rate:711 view:708 label:707 development:705 type:705 building:696 essential:694 find:691 answer:688
face:688 zero:684 layer:680 promising:680 construct:678 augmented:677 complexity:676 recognition:676 core:673 ensure:673 make:670 will:670
evaluated:667 may:663 term:663 align:661 encoder:659 objective:659 constraint:658 role:651 higher:649 second:648 investigate:647 sequence:647
systematic:646 thereby:645 reconstruction:644 graph:642 requiring:641 increasingly:640 best:639 mitigate:639 pair:636 still:636 relevant:633
local:632 memory:632 incorporate:628 progress:627 lead:626 enhanced:624 offering:624 medical:623 assessment:622 fundamental:622
additionally:620 combine:620 many:620 pose:618 publicly:617 full:616 against:615 moreover:614 systematically:614 reward:613 especially:612
machine:610 aligned:609 clinical:608 substantial:607 out:605 explore:602 modal:599 yield:599 advanced:597 downstream:597 textual:596
function:595 size:592 finally:591 capability:590 previou:589 validate:589 demonstrated:588 improved:588 overall:588 suffer:588 grounded:586
integrating:586 train:586 annotated:585 explicit:584 instruction:583 resolution:583 structural:583 adaptation:582 several:581 fusion:579
about:577 develop:575 estimation:573 gpt:569 latent:565 whether:565 rather:563 precise:562 reliability:562 frame:561 highly:561 detail:560
form:560 integration:559 action:558 competitive:558 guide:556 value:556 perception:554 become:552 chain:551 safety:551 resulting:550
dynamically:548 same:546 supervision:545 answering:543 specialized:543 noise:542 selection:540 additional:538 tuned:537 fully:535
similarity:535 diversity:534 applied:533 interpretable:533 public:531 depth:530 distinct:529 dual:528 given:528 guidance:528 number:527
class:524 extract:524 success:524 synthesi:524 bridge:523 constrained:522 shift:520 impact:518 cues:517 individual:515 outperforming:515
weight:514 unlike:511 intelligence:510 example:509 few:509 evidence:508 risk:507 extraction:505 per:505 assess:504 change:504 remarkable:504
aims:502 limit:500 motion:500 sampling:500 substantially:500 among:499 transfer:499 increase:494 powerful:494 rich:494 autonomou:493
conventional:493 prompting:492 bias:490 five:490 highlighting:490 post:488 preserve:488 common:486 path:486 explicitly:485 shown:485
although:484 geometric:484 reference:484 ensuring:481 hierarchical:481 external:480 alternative:479 combining:479 direction:479 ground:478
related:478 realistic:477 include:476 instance:474 measure:474 any:472 precision:472 interpretability:469 modalitie:469 primarily:469
uses:469 imaging:465 refine:465 variation:465 matching:464 thought:460 query:457 effect:455 empirical:455 perspective:455 relationship:454
sparse:454 hybrid:452 planning:452 contextual:451 original:451 play:451 search:450 direct:448 backbone:446 optimal:446 policy:446
computer:445 scaling:445 thus:445 was:445 allow:442 comparable:440 linguistic:440 represent:440 widely:440 analyze:438 generalize:437
predict:436 jointly:435 complementary:434 final:433 preference:433 camera:429 overcome:429 adapt:428 inspired:427 querie:427 importance:425
vlms:424 relative:423 conduct:421 iterative:420 pixel:420 refinement:420 difference:419 serve:419 similar:419 integrated:418 limiting:418
way:418 workflow:417 inherent:415 concept:414 addition:411 maintain:411 recently:411 dimension:410 minimal:410 static:410 trade:410
automatic:409 document:409 suggest:409 validation:409 style:407 facilitate:406 important:406 those:406 varying:406 feedback:404
pretrained:402 were:402 description:400 advancement:399 agentic:399 area:399 geometry:399 utilize:399 english:398 rapid:398 contribution:397
dense:397 base:396 incorporating:395 advancing:392 stable:392 derived:390 difficult:390 correlation:389 contrast:388 optimize:388 built:387
hallucination:387 modern:387 wide:385 comparison:383 group:383 learned:382 increasing:381 less:380 along:378 correct:378 demand:378
modality:377 some:377 spanning:377 developed:376 manual:376 tailored:376 attribute:375 lower:375 off:375 order:375 short:375 mllm:374
mean:373 artificial:372 factor:372 social:372 addresse:371 capable:371 contrastive:370 early:370 internal:370 balance:369 automatically:368
capturing:368 failure:368 map:367 extend:366 categorie:365 semantically:365 trajectorie:365 degradation:364 developing:364 largely:364
shared:364 coherent:362 curated:362 release:362 overhead:361 adversarial:360 larger:360 promise:360 create:359 indicate:359 maps:359 made:358
multilingual:358 report:358 continuou:357 emerged:357 gaussian:357 efficiently:356 notably:356 either:355 exploration:355 joint:355
benchmarking:354 purpose:353 top:353 benefit:352 choice:352 diagnostic:352 nature:352 next:352 upon:352 fixed:351 focused:351 grounding:350
wise:350 surface:349 identifying:348 compact:347 outcome:347 augmentation:346 mapping:346 mask:346 establish:345 showing:345 uncertainty:345
being:343 update:343 intermediate:342 detailed:341 goal:341 reduction:341 flow:340 observation:340 project:340 characteristic:338
computation:338 major:338 processe:338 underlying:338 turn:336 centric:335 interactive:335 length:335 translation:334 head:333 unseen:333
after:332 apply:332 latency:332 allowing:331 build:331 variant:331 quantitative:330 simulation:330 gradient:329 optimized:329 decoder:328
establishe:328 operate:328 practice:328 truth:327 access:326 handle:326 online:326 position:326 released:326 sensitive:326 unique:326
cognitive:325 coherence:325 linear:324 there:324 confidence:323 distillation:323 driving:323 scalability:323 what:323 instead:322 labeled:322
trajectory:321 contain:320 speech:320 six:319 together:319 advantage:318 controlled:318 detect:318 introducing:318 rule:318 abilitie:317
costly:317 intensive:317 encode:316 initial:316 shape:316 vector:316 applying:315 rag:315 agnostic:314 gaps:314 respectively:314
convolutional:313 performing:313 detecting:312 difficulty:312 reliance:312 utility:312 bottleneck:311 propertie:311 conducted:310
producing:310 biase:309 combined:309 corpu:309 monitoring:309 requirement:309 simultaneously:309 localization:308 reason:308
underexplored:307 background:306 decoding:306 implementation:305 accurately:304 artifact:304 before:303 capacity:303 classifier:303
corresponding:303 effort:303 methodology:303 word:303 edge:302 compute:301 help:301 patient:301 recall:301 cloud:300 physical:300
aligning:297 verification:297 flexible:296 000:295 ones:295 clip:294 estimate:294 known:294 deliver:293 heterogeneou:293 valuable:293
confirm:292 platform:292 solving:292 compare:291 enhancement:291 protocol:291 speed:290 ablation:289 required:289 addressing:288 noisy:288
theoretical:288 analyse:287 execution:287 following:287 part:287 segment:287 adaptively:285 inter:285 implicit:284 attack:282 coarse:282
loop:282 review:282 select:282 editing:281 event:281 candidate:280 coverage:280 digital:280 distance:279 must:279 observe:279 principle:279
sets:278 diagnosi:277 does:277 introduced:277 llama:277 nlp:277 relying:277 complete:276 contribute:276 dimensional:276 reflect:276
strength:276 operation:275 closed:274 construction:274 influence:274 pretraining:274 understand:274 creating:273 rendering:273 smaller:273
supporting:273 targeted:273 science:272 communication:271 combination:270 concern:270 surpasse:270 frequency:269 phase:269 involve:268
sota:268 community:267 tracking:267 cause:266 identification:266 judgment:266 explanation:265 exploit:265 faster:265 mode:265 parallel:265
rank:265 solve:264 analyzing:263 encoding:263 particular:263 surpassing:263 establishing:260 factual:260 identifie:260 judge:260
scientific:260 aspect:259 conditioned:259 dependencie:258 therefore:258 adopt:257 causal:257 comprising:257 covering:257 evolving:257
mitigating:257 degrade:256 dialogue:256 examine:256 scheme:256 stability:256 vlm:256 box:255 entropy:255 sentence:255 tackle:255 forward:254
health:254 mathematical:253 scarcity:253 disease:252 innovation:251 qualitative:250 central:249 excel:249 yielding:249 clear:248 consist:248
intelligent:247 intervention:245 subset:245 100:243 device:243 format:243 manner:243 positive:243 activation:242 architectural:242
validated:242 applicability:241 block:241 because:240 detector:240 handling:240 insufficient:240 sensitivity:240 adaptability:239
expensive:239 observed:239 principled:239 computationally:238 denoising:238 interpretation:238 sequential:238 overlook:237 provided:237
growing:236 perturbation:236 configuration:235 found:235 intrinsic:235 oriented:235 poor:235 student:235 trace:235 transform:235
extracted:234 reduced:234 relation:234 rigorou:234 web:234 engineering:233 iii:233 literature:233 privacy:233 impressive:232 page:232 raw:232
called:231 compression:231 depend:231 separate:231 transformation:231 year:231 collaborative:230 established:230 dependent:229 expression:229
filtering:229 management:229 representative:229 statistical:229 suitable:228 focusing:227 hinder:227 stronger:227 since:226 2025:225
appearance:225 entire:225 experience:225 independent:225 much:225 rgb:225 theory:225 aggregation:224 generalizable:224 modular:224
researcher:224 synthesize:224 assessing:223 generator:223 hard:223 suite:223 transparent:223 aim:222 collaboration:222 correctness:222
fast:222 inherently:222 light:222 negative:222 paired:222 pass:222 sub:222 associated:221 meaningful:221 revealing:221 near:220 random:220
sensor:220 solely:220 bench:219 collection:219 mixture:219 argue:218 fact:218 optimizing:218 thinking:218 autoregressive:217 cot:217
enforce:217 manipulation:217 tune:217 broad:216 main:216 technical:216 classe:215 constructed:215 explored:215 imagery:215 perceptual:215
popular:215 usage:215 cannot:214 comprise:214 containing:214 iteratively:214 reproducible:214 scoring:214 controllable:213 discovery:213
testing:213 utilizing:213 decompose:212 unsupervised:211 adapting:210 broader:210 could:210 gemini:210 verifiable:210 call:209 creation:209
define:209 serie:209 teacher:209 texture:209 predictive:208 interest:207 logical:207 proprietary:207 relie:207 splatting:207 weighted:207
cnn:206 defined:206 evolution:206 subject:206 wherea:206 relevance:205 boost:203 power:203 primary:203 underscore:203 emerging:202
environmental:202 follow:202 obtain:202 ranking:202 pseudo:201 binary:200 match:200 material:200 applie:199 deployed:199 involving:199
vehicle:199 collected:198 decomposition:198 empirically:198 here:198 indicating:198 predicting:198 foundational:197 frontier:197
previously:197 tree:197 adoption:196 boundarie:196 robotic:196 comparing:195 correction:195 determine:195 element:195 flexibility:195
calibration:194 clustering:194 explainable:194 intent:194 media:194 progressively:194 quantify:194 convergence:193 emphasize:193 fewer:193
fuse:193 interface:193 location:193 retrieve:193 audio:192 comparative:192 reconstruct:192 stream:192 trustworthy:192 drop:191 named:191
redundant:191 severe:191 hand:190 healthcare:190 prevent:190 discriminative:189 focuse:189 highest:189 net:189 standardized:189 topic:189
encourage:188 identity:188 preservation:188 variability:188 affect:187 enabled:187 learnable:187 regularization:187 sensing:187 survey:187
window:187 conditional:186 manually:186 motivated:186 arise:185 discrete:185 frequently:185 greater:185 progressive:185 tested:185
conversational:184 formulation:184 implement:184 missing:184 retraining:184 should:184 treat:184 extended:183 layout:183 million:183
bridging:182 budget:182 seamlessly:182 auxiliary:181 caused:181 entity:181 filter:181 hidden:181 logic:181 tend:181 visually:181 alone:180
amount:180 plug:180 transition:180 accessible:179 assumption:179 awareness:179 dedicated:179 necessary:179 possible:179 captured:178
carefully:178 informative:178 lora:178 personalized:178 sft:178 subtle:178 very:178 followed:177 reliably:177 scan:177 accelerate:176
avoid:176 cover:176 measuring:176 occlusion:176 suboptimal:176 around:175 brain:175 inconsistent:175 volume:174 behavioral:173 corpora:173
exploring:173 pathway:173 subsequently:173 true:173 generalizability:172 heuristic:172 idea:172 informed:172 probability:172 selecting:172
seven:172 symbolic:172 attempt:171 balanced:171 conversation:171 potentially:171 ratio:171 simulate:171 alongside:170 eight:170
historical:170 regression:170 certain:169 heavily:169 incorrect:169 plan:169 projection:169 rapidly:169 adjust:168 extracting:168 horizon:168
redundancy:168 track:168 just:167 naturally:167 own:167 safe:167 take:167 variable:167 color:166 efficacy:166 ensemble:166 formal:166
intra:166 suggesting:166 temporally:166 universal:166 variety:166 vocabulary:166 appropriate:165 balancing:165 game:165 grpo:165
interpret:165 nuanced:165 plausible:165 pruning:165 representing:165 easily:164 poorly:164 superiority:164 adapter:163 coordinate:163
employed:163 ended:163 abstract:162 branch:162 commonly:162 eliminate:162 embedded:162 modification:162 patch:162 transparency:162
absence:161 clinically:161 cultural:161 math:161 mitigation:161 stem:161 black:160 caption:160 describe:160 measurement:160 overlooking:160
procedure:160 taxonomy:160 acquisition:159 far:159 fundamentally:159 mri:159 prone:159 raise:159 setup:159 sufficient:159 uncover:159
aggregate:158 entitie:158 hold:158 increased:158 industrial:158 matche:158 narrative:158 notable:158 summarization:158 though:158
viewpoint:158 category:157 channel:157 conflict:157 constructing:157 remote:157 simulated:157 trust:157 bidirectional:156 classical:156
count:156 counterpart:156 degree:156 employing:156 false:156 adapted:155 database:155 embodied:155 imbalance:155 qwen2:155 account:154
boundary:154 hardware:154 offs:154 partial:154 product:154 comprehension:153 conditioning:153 created:153 persistent:153 powered:153
predominantly:153 successfully:153 third:153 trend:153 virtual:153 able:152 act:152 approximately:152 computing:152 actionable:151
ambiguity:151 deeper:151 guiding:151 meaning:151 meta:151 mixed:151 navigation:151 obtained:151 produced:151 weak:151 character:150
density:150 production:150 refined:150 vulnerable:150 featuring:149 generally:149 identified:149 labeling:149 misalignment:149 physic:149
predicted:149 ranging:149 skill:149 visualization:149 cluster:148 emotion:148 probabilistic:148 selectively:148 vital:148 closely:147
deepseek:147 energy:147 gpu:147 residual:147 unit:147 ambiguou:146 distinguish:146 engine:146 infer:146 lies:146 movement:146 node:146
realism:146 total:146 underscoring:146 anatomical:145 guarantee:145 technology:145 another:144 composition:144 link:144 probe:144 resolve:144
translate:144 version:144 assistant:143 harmful:143 absolute:142 emerge:142 phenomenon:142 unclear:142 unstructured:142 coding:141 custom:141
faithful:141 fall:141 interact:141 lacking:141 masked:141 operating:141 qwen:141 semi:141 spatially:141 urban:141 active:140 completion:140
consider:140 derive:140 infrastructure:140 investigation:140 optical:140 performed:140 recommendation:140 selected:140 uniform:140
augment:139 fairness:139 familie:139 holistic:139 independently:139 irrelevant:139 promote:139 span:139 useful:139 clean:138 distortion:138
expose:138 imagenet:138 prove:138 retrieved:138 template:138 correspondence:137 line:137 mainly:137 normal:137 opportunitie:137 person:137
alleviate:136 bound:136 frozen:136 great:136 participant:136 pro:136 service:136 variance:136 formulate:135 generalized:135 instruct:135
native:135 share:135 stake:135 threshold:135 assisted:134 availability:134 induced:134 preprocessing:134 compositional:133 extending:133
itself:133 needed:133 retain:133 security:133 verify:133 agreement:132 labor:132 ultimately:132 collapse:131 consisting:131 convert:131
functional:131 showed:131 subsequent:131 treatment:131 unlabeled:131 basic:130 body:130 discuss:130 every:130 expand:130 extension:130
granularity:130 operational:130 policie:130 remove:130 scarce:130 verified:130 barrier:129 definition:129 edit:129 finetuning:129
inconsistencie:129 remaining:129 anomaly:128 cnns:128 consuming:128 facial:128 facilitating:128 prototype:128 record:128 represented:128
vit:128 arbitrary:127 convolution:127 exist:127 incomplete:127 longer:127 slow:127 adopted:126 chinese:126 expertise:126 family:126
innovative:126 lens:126 designing:125 inject:125 lighting:125 nearly:125 past:125 profile:125 spectral:125 centered:124 emotional:124
generic:124 implication:124 probing:124 professional:124 spatio:124 autoencoder:123 cancer:123 feasibility:123 lingual:123 numerical:123
center:122 computed:122 distributed:122 hour:122 meet:122 numerou:122 predefined:122 propagation:122 rise:122 sparsity:122 speedup:122
validating:122 whole:122 claim:121 currently:121 discover:121 distill:121 drift:121 hoc:121 replace:121 selective:121 sourced:121 super:121
utilization:121 vqa:121 according:120 behind:120 creative:120 drive:120 explainability:120 formalize:120 narrow:120 anchor:119 assume:119
compromising:119 extent:119 legal:119 recover:119 routing:119 attribution:118 bounding:118 criteria:118 easy:118 education:118
eliminating:118 interference:118 invariant:118 localized:118 soft:118 software:118 strongly:118 unexplored:118 valid:118 automation:117
connection:117 differentiable:117 drawing:117 evolve:117 extreme:117 forgetting:117 good:117 hindered:117 item:117 little:117 monocular:117
offline:117 property:117 reality:117 reflection:117 bert:116 critically:116 demonstration:116 outline:116 physically:116 presence:116
reproducibility:116 solver:116 start:116 subjective:116 versu:116 conclusion:115 crucially:115 divergence:115 hope:115 newly:115 now:115
sentiment:115 spatiotemporal:115 appear:114 article:114 degraded:114 explain:114 grid:114 growth:114 leaving:114 pairwise:114 split:114
threat:114 unifie:114 vast:114 cognition:113 defense:113 deterministic:113 expected:113 landscape:113 outperformed:113 recovery:113
representational:113 smooth:113 successful:113 academic:112 commercial:112 decouple:112 dependency:112 deploying:112 estimating:112
kernel:112 methodologie:112 population:112 preliminary:112 relatively:112 close:111 failing:111 implemented:111 mini:111 minimize:111
people:111 precisely:111 studied:111 adding:110 assign:110 consequently:110 intricate:110 lexical:110 lidar:110 margin:110 overlooked:110
patche:110 paving:110 programming:110 quantization:110 reconstructing:110 synthesizing:110
`)

function counts(table: string): ReadonlyMap<string, number> {
  return new Map(
    table
      .trim()
      .split(/\s+/)
      .map((entry) => {
        const [name = '', count = ''] = entry.split(':')
        return [name, Number(count)]
      }),
  )
}
