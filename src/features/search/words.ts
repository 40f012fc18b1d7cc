// Japanese and English text of the search.

import { both, type Bilingual } from '../../base/bilingual.ts';

export const words = {
  title: both('検索', 'Search'),
  sub: both('登録と画面を、名前や番号で探します', 'Registers and pages, by name or number'),
  typed: both('探す名前か番号', 'Name or number'),
  hint: both(
    '台帳や提供先などの名前、R-2026-031 のような番号、記録の番号（36字）。人の氏名や連絡先は入れないでください。',
    'The name of a holding, a recipient and so on, a number like R-2026-031, or the number of a record (36 characters). Please do not enter people’s names or contact details.',
  ),
  search: both('検索する', 'Search'),
  none: both('合うものはありません', 'Nothing matches'),
  noneSays: both(
    'あなたの役割で開ける登録と画面を探しました。言葉を短くするか、別の言葉で探してください。',
    'We searched the registers and pages that your roles may open. Try a shorter word, or another one.',
  ),
  person: both('メールアドレスや電話番号では探せません', 'You cannot search by e-mail address or telephone number'),
  personSays: both(
    'ここで探すのは登録と画面だけで、人は探しません。',
    'Only registers and pages are searched here, never people.',
  ),
  people: both('人を探すとき', 'Looking for a person'),
  peopleSays: both(
    'ここでは人を探しません。氏名、メールアドレス、電話番号からは、「本人」の画面で探します。',
    'People are not searched here. To search by name, e-mail address or telephone number, use the page “People”.',
  ),
  peopleNot: both(
    'ここでは人を探しません。あなたの役割では、ほかの画面でも人を探せません。',
    'People are not searched here, and your roles do not let you search for them elsewhere.',
  ),
  toPeople: both('「本人」の画面へ', 'To “People”'),
  toPerson: both('この番号が本人のものなら、その画面へ', 'If this is the number of a person, go to their page'),
} satisfies Record<string, Bilingual>;
