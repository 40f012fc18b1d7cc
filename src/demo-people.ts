// Fictional people for the demo and the benches, made from a seed, so that the same number always gives the same person. Nobody here exists; every
// e-mail address ends in example.jp.

export interface FictionalPerson {
  name: string;
  name_kana: string;
  email: string;
  phone: string;
  postal_code: string;
  address: string;
  company: string;
  department: string;
  job_title: string;
  birth_date: string;
}

/** Family names: kanji, kana, romanised. They include characters that systems often mishandle: 𠮷, 髙, 﨑, 辻󠄀, 神. */
const families =
  `佐藤 サトウ sato|鈴木 スズキ suzuki|髙橋 タカハシ takahashi|田中 タナカ tanaka|伊藤 イトウ ito|渡邉 ワタナベ watanabe|山本 ヤマモト yamamoto|中村 ナカムラ nakamura|小林 コバヤシ kobayashi|加藤 カトウ kato|𠮷田 ヨシダ yoshida|山田 ヤマダ yamada|佐々木 ササキ sasaki|山口 ヤマグチ yamaguchi|松本 マツモト matsumoto|井上 イノウエ inoue|木村 キムラ kimura|林 ハヤシ hayashi|斎藤 サイトウ saito|清水 シミズ shimizu|山﨑 ヤマザキ yamazaki|森 モリ mori|池田 イケダ ikeda|橋本 ハシモト hashimoto|阿部 アベ abe|石川 イシカワ ishikawa|辻󠄀 ツジ tsuji|前田 マエダ maeda|藤田 フジタ fujita|後藤 ゴトウ goto|岡田 オカダ okada|長谷川 ハセガワ hasegawa|村上 ムラカミ murakami|近藤 コンドウ kondo|石井 イシイ ishii|遠藤 エンドウ endo|神谷 カミヤ kamiya|青木 アオキ aoki|坂本 サカモト sakamoto|濵田 ハマダ hamada`
    .split('|')
    .map((line) => line.split(' ') as [string, string, string]);

const givens =
  `陽菜 ヒナ hina|蓮 レン ren|結衣 ユイ yui|大翔 ヒロト hiroto|葵 アオイ aoi|悠真 ユウマ yuma|さくら サクラ sakura|湊 ミナト minato|美咲 ミサキ misaki|健一 ケンイチ kenichi|由美子 ユミコ yumiko|翔太 ショウタ shota|恵 メグミ megumi|直樹 ナオキ naoki|千尋 チヒロ chihiro|隆 タカシ takashi|真理 マリ mari|浩 ヒロシ hiroshi|彩 アヤ aya|誠 マコト makoto|裕子 ユウコ yuko|学 マナブ manabu|香織 カオリ kaori|亮 リョウ ryo|智子 トモコ tomoko|拓也 タクヤ takuya|奈々 ナナ nana|修 オサム osamu|和子 カズコ kazuko|剛 ツヨシ tsuyoshi`
    .split('|')
    .map((line) => line.split(' ') as [string, string, string]);

/** Invented towns: the prefectures exist, the towns do not. */
const towns = [
  ['100-0000', '東京都例示区桜台'],
  ['220-0000', '神奈川県例示市港町'],
  ['330-0000', '埼玉県例示市緑町'],
  ['260-0000', '千葉県例示市海浜'],
  ['530-0000', '大阪府例示市中町'],
  ['460-0000', '愛知県例示市城下'],
  ['810-0000', '福岡県例示市天神町'],
  ['980-0000', '宮城県例示市青葉台'],
  ['060-0000', '北海道例示市大通'],
  ['730-0000', '広島県例示市平和台'],
] as const;

const companies = [
  '株式会社みなと印刷',
  'あおば商事株式会社',
  '有限会社さくら設計',
  '株式会社ひかり物流',
  '例示電機株式会社',
  '株式会社北の工房',
  'つばさ証券株式会社',
  '株式会社みどり食品',
] as const;

const departments = ['総務部', '情報システム部', '営業部', '経理部', '調達課', '企画室'] as const;
const titles = ['部長', '課長', '係長', '主任', '担当', '室長'] as const;

/** A small, fast generator (mulberry32), because the demo must be the same everywhere and nothing here is secret. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const two = (n: number): string => String(n).padStart(2, '0');
const four = (n: number): string => String(n).padStart(4, '0');

/** The n-th fictional person. E-mail address and telephone number differ for every n below 100,000,000. */
export function fictionalPerson(n: number): FictionalPerson {
  const next = generator(n * 2_654_435_761 + 1);
  const among = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const [family, familyKana, familyRoman] = among(families);
  const [given, givenKana, givenRoman] = among(givens);
  const [postal, town] = among(towns);
  return {
    name: `${family} ${given}`,
    name_kana: `${familyKana} ${givenKana}`,
    email: `${givenRoman}.${familyRoman}.${n}@example.jp`,
    // From 090-0000 on: no carrier assigns subscriber numbers that begin with 0.
    phone: `090-0${String(n).padStart(7, '0').slice(0, 3)}-${String(n).padStart(7, '0').slice(3, 7)}`,
    postal_code: postal,
    address: `${town}${1 + Math.floor(next() * 9)}-${1 + Math.floor(next() * 30)}-${1 + Math.floor(next() * 20)}`,
    company: among(companies),
    department: among(departments),
    job_title: among(titles),
    birth_date: `${four(1950 + Math.floor(next() * 55))}-${two(1 + Math.floor(next() * 12))}-${two(1 + Math.floor(next() * 28))}`,
  };
}
