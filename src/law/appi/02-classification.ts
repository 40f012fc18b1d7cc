// Articles 2 and 16: what kind of information is this, and which articles attach to it? The answer names the innermost layer and every mark beside
// it. Unknown facts are never taken for harmless: the kind stays open until the facts decide it.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Grounds, Missing } from '../../base/finding.ts';
import { appi, duty, ground, lacks, lacksUnder, noLawOn, outsideText } from '../answer.ts';
import { contradiction, type Contradiction } from '../contradiction.ts';
import type { SpecialCareKind } from '../facts.ts';
import {
  existenceHarms,
  identificationCodes,
  inForce,
  layerArticles,
  specialCareKinds,
  specificArticles,
  type ArticleLayer,
  type ExistenceHarm,
  type IdentificationCode,
} from '../parameters.ts';

export interface ClassificationFacts {
  /** Who the information is about. `nobody`: a company, a machine, a total without persons. */
  subject?: 'living' | 'deceased' | 'nobody';
  /** It holds a My Number or a code used in its place; also when encrypted, in part, or as a hash used as a key. */
  myNumber?: boolean;
  /** The identification codes it holds; none = []. */
  codes?: readonly IdentificationCode[];
  /** A name, a birth date or another description in it identifies one person. */
  identifies?: boolean;
  /** It can easily be collated with other information the company holds, such as the original, so that a person is identified. */
  collatable?: boolean;
  /** The special care-required kinds it holds; none = []. That a kind could be guessed from it is not enough. */
  specialCare?: readonly SpecialCareKind[];
  /** It is part of a collection that can be searched by computer or by an index. */
  database?: boolean;
  /** Claimed: the collection is published for sale and passes the three tests of Order 4(1). */
  publishedDirectory?: boolean;
  /** The company has authority to disclose it, correct it, stop using it, erase it and stop providing it. */
  authority?: boolean;
  /** Claimed: revealing that it exists would do this harm (Order 5). */
  existenceHarm?: ExistenceHarm;
  processing?: 'none' | 'pseudonymised' | 'anonymised';
  /** Anonymised by the company itself. */
  madeHere?: boolean;
  /** Personally related or processed information was linked to a person. */
  relinked?: boolean;
  /** It is the content, the parties or the traffic of a communication the company carries. */
  communications?: boolean;
}

export type InformationLayer =
  | 'personal'
  | 'personal-data'
  | 'retained-personal-data'
  | 'pseudonymous'
  | 'pseudonymous-non-personal'
  | 'anonymous'
  | 'personally-related'
  | 'none';

/** A mark that a layer may carry. `my-number` without `specific-personal`: the number of a person who has died. */
export type Mark =
  | 'special-care'
  | 'identification-code'
  | 'my-number'
  | 'specific-personal'
  | 'communications-secrecy';

/** `also` holds the marks that are known. Every answer has it, also unknown. */
export type Classification = Finding<InformationLayer> & { also: readonly Mark[] };

const definitions = appi(
  '2',
  'どの種類の情報かは、だれについての情報か、何を含むか、どう加工したかで決まります。',
  'The kind of information depends on whom it is about, what it includes and how it was processed.',
);
const byDescription = appi(
  '2(1)(i)',
  '氏名などの記述で、生きている個人を特定できます。',
  'A name or another description identifies a living individual.',
);
const byCollation = appi(
  '2(1)(i)',
  'ほかの情報と簡単に照らし合わせて、生きている個人を特定できます。',
  'Easily collated with other information, it identifies a living individual.',
);
const byCode = appi(
  '2(1)(ii)',
  '個人識別符号を含むので、それだけで個人情報です。',
  'It holds an identification code, which alone makes it personal information.',
);
const isCode = { ja: '個人識別符号です。', en: 'This is an identification code.' };
export const isSpecial = { ja: 'この情報は要配慮個人情報です。', en: 'This is special care-required information.' };
const inDatabase = appi(
  '16(3)',
  '検索できるように集めたものの一部なので、個人データです。',
  'It is part of a searchable collection, so it is personal data.',
);
const loose = appi(
  '16(1)',
  '検索できるように集めたものの一部ではありません。',
  'It is not part of a searchable collection.',
);
const directory = ground(
  'APPI-Order',
  '4(1)',
  '販売のために発行された名簿などで、個人情報データベース等から除かれています。',
  'It is a published collection on sale, which does not count as a personal information database.',
);
const retained = appi(
  '16(4)',
  '開示、訂正、利用の停止などをする権限が当社にあるので、保有個人データです。',
  'The company may disclose, correct and stop using it, so it is retained personal data.',
);
const withoutAuthority = appi(
  '16(4)',
  '開示や訂正などをする権限が当社にないので、保有個人データではありません。',
  'The company has no authority to disclose or correct it, so it is not retained personal data.',
);
const harmful = {
  ja: 'あるかどうかを答えるだけで害があるので、保有個人データから除かれます。',
  en: 'Merely answering whether it exists would do harm, so it is not retained personal data.',
};
const pseudonymous = appi(
  '2(5)',
  'ほかの情報と照らし合わせない限り個人を特定できないように加工した、仮名加工情報です。',
  'It was processed so that nobody is identified unless it is collated with other information: pseudonymously processed information.',
);
const keyHeld = appi(
  '41',
  '元の情報などと照らし合わせられるので、個人情報でもあります。',
  'The company can collate it with the original, so it is personal information as well.',
);
const keyAbsent = appi(
  '42',
  '照らし合わせる情報を持たないので、個人情報ではありません。',
  'The company holds nothing to collate it with, so it is not personal information.',
);
const anonymous = appi(
  '2(6)',
  '個人を特定できず、元にも戻せないように加工した、匿名加工情報です。',
  'It was processed so that nobody is identified and the original cannot be restored: anonymously processed information.',
);
const related = appi(
  '2(7)',
  '生きている個人についての情報で、個人情報にも加工した情報にも当たらない、個人関連情報です。',
  'It is about a living individual and is neither personal nor processed information: personally related information.',
);
const aboutNobody = appi(
  '2(1)',
  '生きている個人についての情報ではありません。',
  'It is not about a living individual.',
);
const linkedRelated = appi(
  '2(1)(i)',
  '個人と結び付けたので、個人情報になりました。',
  'It was linked to a person and has become personal information.',
);
const linkedProcessed = {
  pseudonymised: appi(
    '41(7)',
    '仮名加工情報を個人と結び付けることは禁じられています。結び付けたものは個人情報として扱います。',
    'Linking pseudonymously processed information to a person is forbidden. What was linked is personal information.',
  ),
  anonymised: appi(
    '45',
    '匿名加工情報を個人と結び付けることは禁じられています。結び付けたものは個人情報として扱います。',
    'Linking anonymously processed information to a person is forbidden. What was linked is personal information.',
  ),
};
const specific = ground(
  'NumberingAct',
  '2(9)',
  '個人番号またはそれに代わる符号を含む、特定個人情報です。',
  'It holds a My Number or a code in its place: specific personal information.',
);
const switched = ground(
  'NumberingAct',
  '30(2)',
  '個人情報保護法の一部の定めは働かず、番号法の定めが加わります。',
  'Some articles of the APPI do not apply, and those of the Numbering Act apply in addition.',
);
const numberOfDeceased = ground(
  'NumberingAct-Guideline',
  'Q9-1',
  '亡くなった人の個人番号にも、番号法の制限が及びます。',
  'The limits of the Numbering Act also cover the number of somebody who has died.',
);
const secrecy = ground(
  'TBA',
  '4',
  '通信の秘密に当たる情報です。',
  'This information is covered by the secrecy of communications.',
);

const ask = (fact: keyof ClassificationFacts, article: string, ja: string, en: string): Missing =>
  lacks(fact, article, ja, en);
const questions = {
  subject: ask('subject', '2(1)', 'だれについての情報か', 'Whom it is about'),
  processing: ask('processing', '2(5)', '仮名加工または匿名加工をしたか', 'Whether it was pseudonymised or anonymised'),
  identifies: ask('identifies', '2(1)(i)', '氏名などで個人を特定できるか', 'Whether a description identifies a person'),
  collatable: ask(
    'collatable',
    '2(1)(i)',
    'ほかの情報と簡単に照らし合わせて個人を特定できるか',
    'Whether easy collation with other information identifies a person',
  ),
  codes: ask('codes', '2(2)', 'どの個人識別符号を含むか', 'Which identification codes it holds'),
  specialCare: ask('specialCare', '2(3)', 'どの要配慮個人情報を含むか', 'Which special care-required kinds it holds'),
  database: ask(
    'database',
    '16(1)',
    '検索できるように集めたものの一部か',
    'Whether it is part of a searchable collection',
  ),
  authority: ask(
    'authority',
    '16(4)',
    '開示や訂正などをする権限があるか',
    'Whether the company may disclose or correct it',
  ),
  madeHere: ask('madeHere', '43(1)', '当社が作った匿名加工情報か', 'Whether the company anonymised it itself'),
  myNumber: lacksUnder(
    'NumberingAct',
    'myNumber',
    '2(9)',
    '個人番号、またはそれに代わる符号を含むか',
    'Whether it holds a My Number or a code in its place',
  ),
  communications: lacksUnder(
    'TBA',
    'communications',
    '4',
    '当社が取り次ぐ通信の内容や記録か',
    'Whether it belongs to a communication the company carries',
  ),
};

/** What one path through the definitions has found so far. `layer` counts only when nothing is missing. */
interface Found {
  layer: InformationLayer;
  because: Ground[];
  missing: Missing[];
  /** The layers whose articles attach, outermost first. */
  attached: ArticleLayer[];
}

const found = (
  layer: InformationLayer,
  because: Ground[],
  missing: (Missing | false)[] = [],
  attached: ArticleLayer[] = [],
): Found => ({ layer, because, missing: missing.filter((m) => m !== false), attached });

const holdsNumber = (f: ClassificationFacts): boolean | undefined =>
  f.codes?.includes('my-number') ? true : f.myNumber;

/** 2(1). Does it identify a person, by itself, by a code, or by easy collation? */
function identified(f: ClassificationFacts): boolean | undefined {
  if (f.identifies || f.collatable || f.relinked || f.codes?.length || holdsNumber(f)) return true;
  const allDenied = f.identifies === false && f.collatable === false && f.codes && f.myNumber === false;
  return allDenied ? false : undefined;
}

/** True when it identifies a person by itself: such information has not been processed, whatever is stated. */
const unprocessable = (f: ClassificationFacts): boolean | undefined =>
  f.relinked || f.identifies || holdsNumber(f) || (f.codes?.length ?? 0) > 0;

/** The grounds on which it identifies a person. */
function identifying(f: ClassificationFacts): Ground[] {
  const because: Ground[] = [];
  if (f.relinked) {
    const processed = f.processing === 'pseudonymised' || f.processing === 'anonymised';
    because.push(processed ? linkedProcessed[f.processing as 'pseudonymised' | 'anonymised'] : linkedRelated);
  }
  if (f.identifies) because.push(byDescription);
  else if (f.collatable) because.push(byCollation);
  if (f.codes?.length || holdsNumber(f)) because.push(byCode);
  return because;
}

/** 16. Personal information, personal data or retained personal data? */
function personalLayer(f: ClassificationFacts, on: Day): Found {
  const because = identifying(f);
  if (f.database === undefined) return found('personal', because, [questions.database]);
  if (!f.database) return found('personal', [...because, loose], [], ['personal']);
  if (f.publishedDirectory) return found('personal', [...because, directory], [], ['personal']);
  const data = [...because, inDatabase];
  const harm = f.existenceHarm && inForce(existenceHarms, on)?.[f.existenceHarm];
  if (harm) {
    const excluded: Ground = { law: 'APPI-Order', article: harm, says: harmful };
    return found('personal-data', [...data, excluded], [], ['personal', 'personal-data']);
  }
  if (f.authority === undefined) return found('personal-data', data, [questions.authority]);
  return f.authority
    ? found('retained-personal-data', [...data, retained], [], ['personal', 'personal-data', 'retained-personal-data'])
    : found('personal-data', [...data, withoutAuthority], [], ['personal', 'personal-data']);
}

function processedLayer(f: ClassificationFacts): Found | undefined {
  if (unprocessable(f)) return undefined;
  if (f.processing === 'anonymised') {
    const attached: ArticleLayer = f.madeHere ? 'anonymous-made' : 'anonymous-received';
    return found('anonymous', [anonymous], [f.madeHere === undefined && questions.madeHere], [attached]);
  }
  if (f.processing !== 'pseudonymised') return undefined;
  if (f.collatable === undefined) return found('pseudonymous', [pseudonymous], [questions.collatable]);
  return f.collatable
    ? found('pseudonymous', [pseudonymous, keyHeld], [], ['pseudonymous'])
    : found('pseudonymous-non-personal', [pseudonymous, keyAbsent], [], ['pseudonymous-non-personal']);
}

/** 2, 16. The innermost layer on the known facts. */
function layerOf(f: ClassificationFacts, on: Day): Found {
  if (f.subject === 'nobody') return found('none', [aboutNobody]);
  if (f.subject === 'deceased')
    return found('none', [aboutNobody], [holdsNumber(f) === undefined && questions.myNumber]);
  const processed = processedLayer(f);
  const living = f.subject === undefined && questions.subject;
  if (processed) return { ...processed, missing: living ? [living, ...processed.missing] : processed.missing };
  const unprocessed = f.processing === undefined && !unprocessable(f) && questions.processing;
  const status = identified(f);
  if (status) {
    const personal = personalLayer(f, on);
    const marks = [holdsNumber(f) === undefined && questions.myNumber, !f.codes && questions.codes];
    const asked = [living, unprocessed, ...personal.missing, ...marks, !f.specialCare && questions.specialCare];
    // Until it is stated whom the information is about, no ground says anything about a person.
    return found(personal.layer, living ? [] : personal.because, asked, personal.attached);
  }
  const common = [living, unprocessed, f.database === undefined && questions.database];
  if (status === false) {
    return found(
      'personally-related',
      living || unprocessed ? [] : [related],
      common,
      f.database ? ['personally-related'] : [],
    );
  }
  const open = (['identifies', 'collatable', 'myNumber', 'codes'] as const).map(
    (k) => f[k] === undefined && questions[k],
  );
  return found('personally-related', [], [...common, ...open]);
}

/** The marks beside the layer, with their grounds. A mark rests on stated facts only. */
function marksOf(f: ClassificationFacts, layer: InformationLayer, on: Day): { also: Mark[]; because: Ground[] } {
  const also: Mark[] = [];
  const because: Ground[] = [];
  const personal =
    f.subject === 'living' && (layer === 'personal' || layer === 'personal-data' || layer === 'retained-personal-data');
  const codes = inForce(identificationCodes, on);
  const kinds = inForce(specialCareKinds, on);
  if (personal && f.codes?.length && codes) {
    also.push('identification-code');
    because.push(...f.codes.map((c) => ({ ...codes[c], says: isCode })));
  }
  if (personal && f.specialCare?.length && kinds) {
    also.push('special-care');
    because.push(...f.specialCare.map((k) => ({ ...kinds[k], says: isSpecial })));
  }
  if (holdsNumber(f) && f.subject !== undefined) {
    also.push('my-number');
    if (personal) also.push('specific-personal');
    because.push(...(personal ? [specific, switched] : [numberOfDeceased]));
  }
  if (f.communications) {
    also.push('communications-secrecy');
    because.push(secrecy);
  }
  return { also, because };
}

const definedIn: Record<ArticleLayer, string> = {
  personal: '2(1)',
  'personal-data': '16(3)',
  'retained-personal-data': '16(4)',
  pseudonymous: '2(5)',
  'pseudonymous-non-personal': '2(5)',
  'anonymous-made': '2(6)',
  'anonymous-received': '2(6)',
  'personally-related': '2(7)',
};
const observe = (law: Duty['law'], article: string, items: readonly string[]): Duty =>
  duty(
    'observe-articles',
    [law, article],
    'later',
    'この種類の情報にかかる条を守る',
    'Observe the articles that attach to this kind of information',
    { items: [...items] },
  );

/** Which articles attach to the layers and marks found; undefined without law data for the day. */
function articlesOf(attached: readonly ArticleLayer[], also: readonly Mark[], on: Day): Duty[] | undefined {
  const articles = inForce(layerArticles, on);
  const numbers = inForce(specificArticles, on);
  if (!articles || !numbers) return undefined;
  const off = also.includes('specific-personal') ? numbers.off : [];
  const duties = attached.map((layer) =>
    observe(
      'APPI',
      definedIn[layer],
      articles[layer].filter((a) => !off.includes(a)),
    ),
  );
  if (also.includes('my-number')) duties.push(observe('NumberingAct', '2(9)', numbers.added));
  if (also.includes('communications-secrecy')) duties.push(observe('TBA', '4', ['4']));
  return duties;
}

/** 2, 16, Order 1, 2, 4, 5. In which layer is this information, with which marks, and which articles attach to it? */
export function decideClassification(facts: ClassificationFacts, on: Day): Classification {
  const silent = outsideText(on);
  if (silent) return { ...silent, also: [] } as Classification;
  const { layer, because, missing, attached } = layerOf(facts, on);
  const marks = marksOf(facts, layer, on);
  const [first = definitions, ...more] = [...because, ...marks.because];
  const grounds: Grounds = [first, ...more];
  const [lack, ...others] = facts.communications === undefined ? [...missing, questions.communications] : missing;
  if (lack) return { answer: 'unknown', because: grounds, missing: [lack, ...others], also: marks.also };
  const duties = articlesOf(attached, marks.also, on);
  return duties
    ? { answer: layer, because: grounds, duties, also: marks.also }
    : ({ ...noLawOn(), also: [] } as Classification);
}

/** Facts of a classification that cannot all be true. */
export function classificationContradictions(f: ClassificationFacts): Contradiction[] {
  const found: Contradiction[] = [];
  const processed = f.processing === 'pseudonymised' || f.processing === 'anonymised';
  if (f.myNumber === false && f.codes?.includes('my-number')) {
    found.push(contradiction('myNumber', '個人識別符号に個人番号があります', 'The codes include a My Number'));
  }
  if (f.subject === 'nobody' && (f.identifies || holdsNumber(f) || f.codes?.length)) {
    found.push(
      contradiction(
        'subject',
        '個人を特定できるなら、個人についての情報です',
        'If it identifies a person, it is about a person',
      ),
    );
  }
  if (processed && !f.relinked && (f.identifies || f.codes?.length || holdsNumber(f))) {
    found.push(
      contradiction(
        'processing',
        '個人を特定できるなら、加工は済んでいません',
        'If it identifies a person, the processing is not complete',
      ),
    );
  }
  if (f.processing === 'anonymised' && !f.relinked && f.collatable) {
    found.push(
      contradiction('collatable', '匿名加工情報は照らし合わせられません', 'Anonymised information cannot be collated'),
    );
  }
  if (f.madeHere !== undefined && f.processing !== undefined && f.processing !== 'anonymised') {
    found.push(
      contradiction('madeHere', '匿名加工情報だけについての事実です', 'This is about anonymised information only'),
    );
  }
  if (f.publishedDirectory && f.database === false) {
    found.push(
      contradiction(
        'publishedDirectory',
        '名簿は検索できるように集めたものです',
        'A directory is a searchable collection',
      ),
    );
  }
  return found;
}
