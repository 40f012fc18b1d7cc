// What the articles say, in both languages: the sentences of the grounds on a receipt and in a person's history. They are worded neutrally, because
// the log keeps the article of an answer and not its sentence.

import { both, type Bilingual } from '../../../base/bilingual.ts';
import type { Ground, Source } from '../../../base/finding.ts';
import type { Policy } from '../../policy/index.ts';

const rules: Record<string, Bilingual> = {
  '2': both(
    'どの種類の情報かは、だれについての情報か、何を含むか、どう加工したかで決まります。',
    'What kind of information it is depends on who it is about, what it contains and how it was processed.',
  ),
  '16': both(
    '個人データと保有個人データの意味と、どのような者が個人情報取扱事業者に当たるかを定めています。',
    'It defines personal data, retained personal data and the businesses that the Act applies to.',
  ),
  '17(1)': both(
    '利用目的をできる限り具体的に特定します。',
    'The purpose of use is specified as concretely as possible.',
  ),
  '17(2)': both(
    '利用目的を変えられるのは、元の目的と関連すると合理的に認められる範囲でだけです。',
    'A purpose is changed only as far as it is reasonably related to the former one.',
  ),
  '18(1)': both(
    '個人情報は、定めた利用目的に必要な範囲でだけ扱います。',
    'Personal information is handled only as far as needed for its stated purposes.',
  ),
  '18(2)': both(
    '事業の承継で取得した個人情報は、承継の前の利用目的に必要な範囲でだけ扱います。',
    'Personal information taken over with a business is handled only as far as needed for the purpose before that.',
  ),
  '18(3)': both(
    '目的を超えて扱えるのは、法律の定める例外の場合だけです。',
    'Only the exceptions of the law allow more than the stated purposes.',
  ),
  '18(3)(i)': both(
    '法令に基づく場合は、目的を超えて扱えます。',
    'Where a law or regulation is the basis, it may be handled beyond the stated purposes.',
  ),
  '18(3)(ii)': both(
    '人の生命、身体または財産を守るために必要で、同意を得るのが難しい場合は、目的を超えて扱えます。',
    'Where it is needed to protect life, body or property and consent is difficult to obtain, it may be handled beyond the stated purposes.',
  ),
  '18(3)(iii)': both(
    '公衆衛生または子どもの健全な育成に特に必要で、同意を得るのが難しい場合は、目的を超えて扱えます。',
    'Where it is particularly needed for public health or the sound growth of children and consent is difficult to obtain, it may be handled beyond the stated purposes.',
  ),
  '18(3)(iv)': both(
    '国や自治体の法令の事務に協力する必要があり、同意を求めると支障が出るおそれがある場合は、目的を超えて扱えます。',
    'Where public bodies need it for affairs set by law and asking for consent is likely to impede them, it may be handled beyond the stated purposes.',
  ),
  '18(3)(v)': both(
    '当社が学術研究機関等で、研究のために必要な場合は、個人の権利や利益を不当に害さない限り、目的を超えて扱えます。',
    'Where we are an academic institution and need it for research, it may be handled beyond the stated purposes unless that unduly harms anyone.',
  ),
  '18(3)(vi)': both(
    '相手が学術研究機関等で、研究のために必要な場合は、個人の権利や利益を不当に害さない限り、目的を超えて渡せます。',
    'Where the recipient is an academic institution and needs it for research, it may be provided beyond the stated purposes unless that unduly harms anyone.',
  ),
  '19': both(
    '違法または不当な行為を助ける扱いはしません。',
    'It is not used in a way that may further unlawful or unjust acts.',
  ),
  '20(1)': both('偽りや不正な手段で取得しません。', 'It is not acquired by deceit or other wrongful means.'),
  '20(2)': both(
    '要配慮個人情報は、本人の同意を得るか、例外に当たるときだけ取得します。',
    'Special care-required information is acquired with consent or under an exception.',
  ),
  '21(1)': both(
    '目的は公表しておくか、速やかに本人に知らせます。',
    'The purpose is published, or told to the person promptly.',
  ),
  '21(2)': both(
    '書面や画面で直接受け取るときは、前もって目的を示します。',
    'When it is handed over in writing or on a screen, the purpose is shown first.',
  ),
  '21(2) proviso': both(
    '人の生命、身体または財産を守るため急ぐときは、前もって示さなくてよいと定めています。',
    'When it is urgent for life, body or property, the purpose need not be shown first.',
  ),
  '21(3)': both(
    '変えた利用目的は、本人に知らせるか公表します。',
    'A changed purpose is told to the person or published.',
  ),
  '21(4)': both(
    '目的を知らせなくてよい、法律の定める場合です。',
    'The law names cases in which the purpose need not be told.',
  ),
  '22': both(
    '正確で最新の内容に保ち、要らなくなったら遅滞なく消去するよう努めます。',
    'The company tries to keep it accurate and up to date, and to erase it without delay once it is not needed.',
  ),
  '23': both(
    '個人データの漏えいなどを防ぐために、必要な安全管理をします。',
    'Personal data is kept secure against leaks and the like.',
  ),
  '25': both('委託先を監督します。', 'Entrusted parties are supervised.'),
  '27(1)': both(
    '第三者に渡すには、本人の同意か、法律の定める例外が要ります。',
    'A third party receives it only with consent or under an exception of the law.',
  ),
  '27(2)': both(
    '届け出たうえで、本人が求めれば止めることを条件に渡すときの定めです。',
    'Provision after a filing, on condition that it stops when the person asks.',
  ),
  '27(3)': both(
    'オプトアウトの内容の変更は、本人に知らせるか本人の知り得る状態に置き、届け出ます。',
    'Changes of an opt-out are told to people or made available to them, and filed.',
  ),
  '27(5)': both(
    '委託、事業の承継、共同利用の相手は、第三者に当たりません。',
    'Entrusted parties, successors and joint users are not third parties.',
  ),
  '27(6)': both(
    '共同利用について知らせた内容の変更は、本人に知らせるか、本人の知り得る状態に置きます。',
    'Changes of what was told about a joint use are told to people or made available to them.',
  ),
  '28(1)': both(
    '外国の第三者に渡すには、本人の同意か、同じ水準の体制が要ります。',
    'A third party abroad receives it with consent or under equivalent measures.',
  ),
  '28(2)': both(
    '外国への提供に同意を求めるときは、その国の制度などを前もって知らせます。',
    'Before consent to a provision abroad, the person is told about the country.',
  ),
  '28(3)': both(
    '外国の提供先の体制を、定期的に確かめます。',
    'The measures of the recipient abroad are checked regularly.',
  ),
  '29(1)': both('第三者に渡したときは記録を残します。', 'A provision to a third party is recorded.'),
  '29(2)': both(
    '渡した記録を、定められた期間保存します。',
    'The record of a provision is kept for the prescribed period.',
  ),
  '30(1)': both(
    '第三者から受け取るときは、相手と取得の経緯を確かめます。',
    'When a third party provides information, it is checked who they are and how they came by it.',
  ),
  '30(3)': both('第三者から受け取ったときは記録を残します。', 'A receipt from a third party is recorded.'),
  '30(4)': both(
    '受け取った記録を、定められた期間保存します。',
    'The record of a receipt is kept for the prescribed period.',
  ),
  '31(1)': both(
    '渡した先で個人データになるときは、本人の同意があることを確かめます。',
    'Where it becomes personal data at the recipient, the consent of the person is confirmed.',
  ),
  '31(2)': both(
    '相手の体制によって外国に渡すときは、相手の措置が続くように、必要な手を打ちます。',
    'Where provision abroad rests on the measures of the recipient, it is seen to that they continue.',
  ),
  '31(3)': both('確かめたことを記録し、保存します。', 'What was confirmed is recorded and kept.'),
  '32(1)': both(
    '保有個人データに関する事項を、本人の知り得る状態に置きます。',
    'What concerns retained personal data is made available to people.',
  ),
  '32(2)': both(
    '本人に尋ねられた利用目的を、遅滞なく知らせます。',
    'A person who asks is told the purposes of use without delay.',
  ),
  '33(1)': both(
    '本人の情報をどう扱っているかを、本人に知らせます。',
    'The person is shown how their information is handled.',
  ),
  '33(2)': both(
    '求められた情報を遅滞なく開示します。法律の定める場合は、全部または一部を開示しないことがあります。',
    'What was asked for is disclosed without delay. Where the law names a reason, all or a part of it may be withheld.',
  ),
  '33(2)(i)': both(
    '開示すると本人や第三者の生命、身体、財産などの権利利益を害するおそれがあるときは、開示しないことができます。',
    'What may harm life, body, property or other rights of the person or of somebody else may be withheld.',
  ),
  '33(2)(ii)': both(
    '開示すると業務の適正な実施に著しい支障が出るおそれがあるときは、開示しないことができます。',
    'What may seriously impede the proper conduct of the business may be withheld.',
  ),
  '33(2)(iii)': both(
    '開示するとほかの法令に違反するときは、開示しないことができます。',
    'What would violate another law may be withheld.',
  ),
  '33(3)': both(
    '開示しないときや開示するものがないとき、本人の選んだ方法では難しいときは、そのことを遅滞なく本人に知らせます。',
    'When something is not disclosed, is not there, or cannot well be disclosed in the way the person chose, the person is told so without delay.',
  ),
  '33(4)': both(
    'ほかの法令に同じような開示の手続があるときは、その手続によります。',
    'Where another law provides for disclosure in an equivalent way, its procedure applies.',
  ),
  '33(5)': both(
    '第三者との受け渡しの記録を、本人に知らせます。',
    'The person is shown the record of what passed between us and a third party.',
  ),
  '34(1)': both(
    '内容が事実でないとき、本人は、訂正、追加または削除を請求できます。',
    'Where the content is not true, the person may ask that it be corrected, added to or deleted.',
  ),
  '34(2)': both(
    '請求を調べ、事実でない内容を直します。',
    'Requests are looked into, and what is not true is corrected.',
  ),
  '35': both(
    '違法な取扱いや提供があったときなど、法律の定める場合に、本人は利用や提供の停止または消去を請求できます。',
    'In the cases of the law, such as an unlawful handling or provision, the person may ask that use or provision stop or that the information be erased.',
  ),
  '35(1)': both(
    '法律に違反する取扱いや取得を理由に、本人は利用の停止または消去を請求できます。',
    'Where the handling or the acquisition was unlawful, the person may ask that use stop or that the information be erased.',
  ),
  '35(2)': both(
    '請求に理由があるとき、利用をやめ、または消去します。',
    'When a request is justified, use stops or the information is erased.',
  ),
  '35(2) proviso': both(
    '利用の停止や消去に多額の費用がかかるなど難しいときは、本人の権利や利益を守るために必要な、代わりの措置をとることができます。',
    'Where that costs very much or is otherwise difficult, other measures that protect the person’s rights and interests may take its place.',
  ),
  '35(3)': both(
    '法律に違反する第三者への提供を理由に、本人は提供の停止を請求できます。',
    'Where a provision to a third party was unlawful, the person may ask that it stop.',
  ),
  '35(4)': both(
    '請求に理由があるとき、第三者に渡すことをやめます。',
    'When a request is justified, provision to third parties stops.',
  ),
  '35(4) proviso': both(
    '提供の停止に多額の費用がかかるなど難しいときは、本人の権利や利益を守るために必要な、代わりの措置をとることができます。',
    'Where stopping the provision costs very much or is otherwise difficult, other measures that protect the person’s rights and interests may take its place.',
  ),
  '35(5)': both(
    '要らなくなったときや、本人の権利や正当な利益が害されるおそれがあるときなどに、本人は利用や提供の停止または消去を請求できます。',
    'Where the information is no longer needed, or the person’s rights or legitimate interests might be harmed, the person may ask that use or provision stop or that the information be erased.',
  ),
  '35(6)': both(
    '要らなくなった、または本人の権利や利益を害するおそれがあるという請求に理由があるとき、利用や提供をやめ、または消去します。',
    'When a request is justified because the information is no longer needed or the person’s rights or interests might be harmed, use or provision stops or the information is erased.',
  ),
  '35(6) proviso': both(
    '利用の停止や消去に多額の費用がかかるなど難しいときは、本人の権利や利益を守るために必要な、代わりの措置をとることができます。',
    'Where that costs very much or is otherwise difficult, other measures that protect the person’s rights and interests may take its place.',
  ),
  '37(1)': both(
    '請求は、定めて公表した方法で受け付けます。',
    'Requests are taken in the way that was set and published.',
  ),
  '37(2)': both(
    '対象のデータを特定するための情報を本人に伝えて、請求を助けます。',
    'The person is helped to say which data is meant.',
  ),
  '37(3)': both('請求は代理人によってもできます。', 'A representative may make a request.'),
  '37(4)': both('請求の手続で、本人に過重な負担をかけません。', 'The procedure does not burden the person too much.'),
  '38(1)': both(
    '利用目的の通知と開示には、手数料がかかることがあります。',
    'There may be a fee for a notice of purposes and for disclosure.',
  ),
  '38(2)': both(
    '手数料は、実費を考えて合理的と認められる額までです。',
    'A fee is no more than what is reasonable in view of the actual cost.',
  ),
  '39(1)': both(
    '本人が訴えを起こせるのは、前もって請求し、定められた期間が過ぎた後か、請求を拒まれた後です。',
    'A person may sue once the set time has passed since the request, or once it was refused.',
  ),
  '39(1) proviso': both(
    '請求が拒まれたときは、待たずに訴えを起こせます。',
    'Once a request was refused, the person may sue without waiting.',
  ),
  '41': both(
    '仮名加工情報を作ることと扱うことについて定めています。',
    'It governs how pseudonymised information is made and handled.',
  ),
  '42': both(
    '個人情報でない仮名加工情報の提供について定めています。',
    'It governs the provision of pseudonymised information that is not personal.',
  ),
  '45': both(
    '匿名加工情報から本人を割り出すことはできません。',
    'Nobody may be identified from anonymised information.',
  ),
};

const ofRules: Readonly<Record<string, Bilingual>> = {
  '11': both(
    'オプトアウトで渡すことは、本人が停止を求めるのに必要な期間をおいて知らせます。',
    'An opt-out is made known with enough time for people to ask that it stop.',
  ),
  '15': both(
    '個人情報保護の水準が日本と同じと認められる外国は、個人情報保護委員会が定めます。',
    'The Commission names the countries whose protection is equivalent to that of Japan.',
  ),
  '16': both(
    '外国の相手の体制は、契約などで措置を確保しているか、国際的な枠組みの認定を受けていることが要ります。',
    'The measures of a recipient abroad rest on a contract or the like, or on an international certification.',
  ),
  '17(1)': both(
    '外国についての情報は、本人に分かりやすい適切な方法で伝えます。',
    'What concerns the country is told in a suitable way.',
  ),
  '17(2)': both(
    '外国への提供の同意を求めるときは、国の名前、その国の制度、相手の措置を伝えます。',
    'When consent to a provision abroad is asked for, the country, its system and the measures of the recipient are told.',
  ),
  '17(3)': both(
    '国を特定できないときは、そのことと理由、代わりに役立つ情報を伝えます。',
    'Where the country is not known, that and why are told, with what helps instead.',
  ),
  '17(4)': both(
    '相手の措置を伝えられないときは、そのことと理由を伝えます。',
    'Where the measures of the recipient cannot be told, that and why are told.',
  ),
  '18': both(
    '外国の提供先の措置が続くようにし、求められたら本人に伝えます。',
    'It is seen to that the measures of a recipient abroad continue, and the person is told on request.',
  ),
  '18(1)': both(
    '外国の提供先の措置とその国の制度を定期的に確かめ、支障があれば対応し、続かなければ提供を止めます。',
    'The measures of a recipient abroad and the system of its country are checked regularly, and provision stops if they do not continue.',
  ),
  '18(3)': both(
    '外国の提供先の措置について求められたら、業務に著しい支障が出るおそれがある場合を除いて、遅滞なく伝えます。',
    'On request the person is told without delay about the measures of the recipient abroad, unless that may seriously impede the business.',
  ),
  '19': both(
    '提供の記録は、提供のたびに速やかに作ります。続けて渡すときはまとめて作ることができ、契約書などで代えられる場合もあります。',
    'A record of a provision is made promptly each time. One may cover continuous provision, and a contract or the like may take its place in some cases.',
  ),
  '20(1)': both(
    '提供の記録には、本人の氏名など、だれの記録かが分かる事項が要ります。',
    'A record of a provision gives the name of the person, or other details that show who it is about.',
  ),
  '20(1)(i)': both(
    'オプトアウトで渡したときに、提供の記録に書く事項を定めています。',
    'It lists what a record of a provision under an opt-out contains.',
  ),
  '20(1)(ii)': both(
    '同意に基づいて渡したときに、提供の記録に書く事項を定めています。',
    'It lists what a record of a provision with consent contains.',
  ),
  '21(i)': both(
    '提供の記録に代わる契約書などの保存の期間は、最後に渡した日から数えます。',
    'The retention period of a contract that serves as the record runs from the last provision.',
  ),
  '21(ii)': both(
    'まとめて作った提供の記録の保存の期間は、最後に渡した日から数えます。',
    'The retention period of a record that covers several provisions runs from the last of them.',
  ),
  '21(iii)': both(
    '提供の記録の保存の期間は、作った日から数えます。',
    'The retention period of a record of a provision runs from the day it was made.',
  ),
  '22(1)': both(
    '提供元の氏名や名称などは、提供元から申告を受けるなどの適切な方法で確かめます。',
    'Who provides the information is checked by their own statement or in another suitable way.',
  ),
  '22(2)': both(
    '提供元が取得した経緯は、それを示す契約書などを見せてもらうなどの適切な方法で確かめます。',
    'How the provider came by the information is checked by a contract or the like that shows it, or in another suitable way.',
  ),
  '23(2)': both(
    '受け取りの記録は、受け取るたびに速やかに作ります。続けて、または繰り返し受け取るときは、まとめて作れます。',
    'A record of a receipt is made promptly each time. Where receipts are continuous or repeated, one record may cover them.',
  ),
  '23(3)': both(
    '本人に商品やサービスを提供するための受け取りでは、必要な事項を書いた契約書などを記録に代えられます。',
    'Where goods or services are provided to the person, a contract or the like with what is required may take the place of the record.',
  ),
  '24(1)': both(
    '受け取りの記録には、提供元と、本人の氏名など、だれの記録かが分かる事項が要ります。',
    'A record of a receipt names who gave the information, and the person, or other details that show who it is about.',
  ),
  '24(1)(i)': both(
    'オプトアウトで渡されたものを受け取ったときに、記録に書く事項を定めています。',
    'It lists what a record of a receipt under an opt-out contains.',
  ),
  '24(1)(ii)': both(
    '同意に基づいて受け取ったときに、記録に書く事項を定めています。',
    'It lists what a record of a receipt with consent contains.',
  ),
  '24(1)(iii)': both(
    '個人関連情報を個人データとして受け取ったときに、記録に書く事項を定めています。',
    'It lists what a record contains where related information is received as personal data.',
  ),
  '24(1)(iv)': both(
    '事業者でない人から受け取ったときに、記録に書く事項を定めています。',
    'It lists what a record of a receipt from somebody who is not a business contains.',
  ),
  '25(i)': both(
    '受け取りの記録に代わる契約書などの保存の期間は、最後に受け取った日から数えます。',
    'The retention period of a contract that serves as the record runs from the last receipt.',
  ),
  '25(ii)': both(
    'まとめて作った受け取りの記録の保存の期間は、最後に受け取った日から数えます。',
    'The retention period of a record that covers several receipts runs from the last of them.',
  ),
  '25(iii)': both(
    '受け取りの記録の保存の期間は、作った日から数えます。',
    'The retention period of a record of a receipt runs from the day it was made.',
  ),
  '26(1)': both(
    '本人の同意があることは、相手から申告を受けるなどの適切な方法で確かめます。',
    'The consent of the person is confirmed by the recipient’s statement or in another suitable way.',
  ),
  '26(2)': both(
    '外国についての情報を本人に伝えたことは、それを示す書面を見せてもらうなどの適切な方法で確かめます。',
    'That the person was told about the country is confirmed by a paper that shows it, or in another suitable way.',
  ),
  '27': both(
    '個人関連情報の提供の記録は、提供のたびに速やかに作ります。続けて渡すときはまとめて作ることができ、契約書などで代えられる場合もあります。',
    'A record of a provision of related information is made promptly each time. One may cover continuous provision, and a contract or the like may take its place in some cases.',
  ),
  '28(1)': both(
    '個人関連情報を渡したときに、記録に書く事項を定めています。',
    'It lists what a record of a provision of related information contains.',
  ),
  '29': both(
    '個人関連情報の提供の記録を、定められた期間保存します。',
    'The record of a provision of related information is kept for the prescribed period.',
  ),
};

const ofOrder: Readonly<Record<string, Bilingual>> = {
  '4(1)': both(
    '販売のために発行され、だれでも買える名簿などは、個人情報データベース等から除かれています。',
    'Directories that are published for sale and can be bought by anybody are left out of the databases of the Act.',
  ),
  '5': both(
    'あるかないかが分かるだけで害が生じるデータは、保有個人データに含まれません。',
    'Data that does harm if its mere existence is known is not retained personal data.',
  ),
  '9(i)': both(
    '本人を見て、または撮影して、外から明らかな要配慮個人情報を取得するときは、同意は要りません。',
    'No consent is needed to acquire special care-required information that is plain to see, by seeing or photographing the person.',
  ),
  '9(ii)': both(
    '委託、事業の承継、共同利用によって要配慮個人情報を受け取るときは、同意は要りません。',
    'No consent is needed to receive special care-required information through entrustment, succession or joint use.',
  ),
  '11': both(
    'あるかないかが分かるだけで害が生じる記録は、開示の対象になりません。',
    'A record that does harm if its mere existence is known is not subject to disclosure.',
  ),
  '12': both(
    '請求の窓口、書面、本人や代理人の確かめ方、手数料の納め方を、定めることができます。',
    'The desk, the form, how the person is identified and how the fee is paid may be set.',
  ),
  '13': both(
    '未成年者などの法定代理人と、本人が委任した代理人が、請求できます。',
    'Legal representatives of minors and the like, and whoever the person mandated, may make a request.',
  ),
};

const ofGuideline: Readonly<Record<string, Bilingual>> = {
  '2-16': both(
    '同意は、本人が、同意するかどうかを判断するのに必要な内容を知ったうえでするものです。子どもなどで判断できないときは、法定代理人の同意が要ります。',
    'Consent is given by the person, with what is needed to judge it. Where the person, such as a child, cannot judge it, a legal representative has to consent.',
  ),
  '3-3-2': both(
    '本人から、または本人の同意を得た相手から受け取るときは、受け取ることへの同意があったものとして扱います。',
    'What the person gives, or another gives with the person’s consent, counts as received with consent.',
  ),
  '3-4-1': both(
    '利用目的に必要な範囲で、内容を正確で最新に保ち、要らなくなったら遅滞なく消去するよう努めます。',
    'As far as the purpose needs it, the company tries to keep the content accurate and up to date, and to erase it without delay once it is not needed.',
  ),
  '3-4-4': both(
    '委託先を適切に選び、契約を結び、扱い方を確かめます。',
    'An entrusted party is chosen with care, bound by contract and checked.',
  ),
  '3-6-1': both(
    '同じ会社の中での利用は、第三者への提供に当たりません。',
    'Use within the same company is not a provision to a third party.',
  ),
  '3-6-3': both(
    '委託、事業の承継、共同利用の相手が第三者に当たらないための条件を説明しています。',
    'It explains when entrusted parties, successors and joint users are not third parties.',
  ),
  '3-7': both(
    '個人関連情報を個人データとして受け取る相手への提供で、同意の取り方と確かめ方を説明しています。',
    'It explains how consent is obtained and confirmed where related information becomes personal data at the recipient.',
  ),
  '10-5': both(
    '復元できない方法で消し、消したことを記録します。',
    'It is deleted beyond recovery, and the deletion is recorded.',
  ),
  'Q1-62': both(
    '子どもが同意の結果を判断できるかは、年齢や情報の内容などによります。判断できないときは、法定代理人の同意が要ります。',
    'Whether a child can judge what a consent leads to depends on age, the information and the like. Otherwise a legal representative has to consent.',
  ),
  'Q7-53': both(
    'クラウドの事業者がデータを取り扱わないときは、提供に当たりません。',
    'Where a cloud provider does not handle the data, using it is not a provision.',
  ),
};

const ofNumberingAct: Readonly<Record<string, Bilingual>> = {
  '2(9)': both(
    '個人番号またはそれに代わる符号を含む情報は、特定個人情報です。',
    'Information with a My Number or a code in its place is specific personal information.',
  ),
  '16': both('個人番号を受け取るときは、本人確認をします。', 'The identity is checked when a My Number is received.'),
  '19': both(
    '特定個人情報は、番号法の認める場合のほかは渡せません。',
    'Specific personal information is provided only where the Act allows it.',
  ),
  '20': both(
    '番号法の認める場合のほかは、他人の個人番号を含む特定個人情報を集めたり保管したりできません。',
    'Specific personal information of others is collected or kept only where the Act allows it.',
  ),
  '30(2)': both(
    '特定個人情報には、個人情報保護法の一部の定めが働きません。',
    'Some provisions of the APPI do not apply to specific personal information.',
  ),
};

const articles: Partial<Record<Source, Readonly<Record<string, Bilingual>>>> = {
  APPI: rules,
  'APPI-Order': ofOrder,
  'APPI-Rules': ofRules,
  Guideline: ofGuideline,
  NumberingAct: ofNumberingAct,
  'NumberingAct-Guideline': {
    'Q9-1': both(
      '亡くなった人の個人番号にも、番号法の制限が及びます。',
      'The limits of the Numbering Act hold for the numbers of the dead too.',
    ),
  },
  TBA: { '4': both('通信の秘密は守られます。', 'The secrecy of communications is protected.') },
  DisabilityAct: {
    '8(2)': both(
      '障害のある人から求められたときは、負担が重すぎない限り、必要な配慮をします。',
      'What a person with a disability asks for is accommodated unless the burden is too heavy.',
    ),
  },
};

const other: Bilingual = both('この条文の定めによります。', 'As this article provides.');

const without = (article: string): string => article.replace(/\([^()]*\)$/, '');

/** What an article says, looked up from the paragraph towards the article: `27(5)(i)`, then `27(5)`. */
function ruleOf(law: Source, article: string): Bilingual | undefined {
  const wider = without(article);
  return articles[law]?.[article] ?? (wider === article ? undefined : ruleOf(law, wider));
}

/** A ground from the log (`text`, such as `APPI 18(1)` or `policy 13`), with a sentence: our own clause, or what the article says. */
export function groundOf(text: string, policy: Policy | null): Ground {
  const gap = text.indexOf(' ');
  const law = text.slice(0, gap) as Source;
  const article = text.slice(gap + 1);
  if (law === 'policy') {
    const clause = policy?.clauses.find((one) => one.no === Number(article));
    const purpose = policy?.purposes.find((one) => one.clause === Number(article));
    const says = purpose
      ? both(`目的 ${purpose.id}：${purpose.text.ja}`, `Purpose ${purpose.id}: ${purpose.text.en}`)
      : clause?.text;
    return { law, article, says: says ?? other };
  }
  return { law, article, says: ruleOf(law, article) ?? other };
}
