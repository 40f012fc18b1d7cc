// Upload of a picture on which numbers may have to be covered. Without script, the form has the file and a statement that sensitive parts are
// covered. With script, `cover/element.ts` opens the picture here, and only the covered picture is sent.

import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { Checks, TextField, type FieldProps } from './form.tsx';

const words = {
  stated: both('番号の黒塗り', 'Numbers'),
  statedLabel: both(
    '個人番号、保険や年金の番号は黒く塗ってあるか、どこにも見えない',
    'My Numbers, insurance and pension numbers are blacked out, or none can be seen',
  ),
  confirm: both('番号が見えるところはありませんか', 'Can no number be seen?'),
  confirmLabel: both(
    '個人番号、保険や年金の番号は、どこにも見えない',
    'No My Number, insurance or pension number can be seen anywhere',
  ),
  how: both(
    '見えている番号の上をなぞると、黒く塗れます。黒い四角は、つかんで動かし、右下の角で大きさを変えられます。キーボードでは、四角を選んで、矢印キーで動かし、Shiftと矢印キーで大きさを変え、Deleteで消します。',
    'Drag across each number to black it out. Drag a box to move it, its lower right corner to resize it. By keyboard: choose a box, move it with the arrow keys, resize it with Shift and the arrow keys, remove it with Delete.',
  ),
  only: both(
    '送られるのは、ここで黒く塗った画像だけです。元の画像はこの端末から出ません。',
    'Only the picture as blacked out here is sent. The original does not leave this computer.',
  ),
  view: both('黒く塗る画像', 'The picture to black out'),
  add: both('四角を置く', 'Add a box'),
  remove: both('四角を消す', 'Remove the box'),
  left: both('左に回す', 'Turn left'),
  right: both('右に回す', 'Turn right'),
  larger: both('大きく', 'Larger'),
  smaller: both('小さく', 'Smaller'),
  move: both('画像を動かす', 'Move the picture'),
} satisfies Record<string, Bilingual>;

/** The messages of the script; `{n}` is a number. */
const sentences = {
  box: both('黒い四角{n}', 'Black box {n}'),
  none: both('黒く塗ったところはありません', 'Nothing is blacked out'),
  one: both('1か所を黒く塗りました', '1 place is blacked out'),
  many: both('{n}か所を黒く塗りました', '{n} places are blacked out'),
  choose: both('画像を選んでください', 'Choose a picture'),
  confirm: both(
    '見えている番号を黒く塗るか、どこにも見えないことを確かめて印を付けてください',
    'Black out the numbers that can be seen, or check that there are none and tick the box',
  ),
  pdf: both(
    'PDFはここでは黒く塗れません。紙を写真に撮るか、画像（JPEGかPNG）にして選んでください',
    'A PDF cannot be blacked out here. Take a picture of the paper, or save it as JPEG or PNG',
  ),
  unopened: both(
    'この画像は開けません。撮り直すか、JPEGかPNGにして選んでください',
    'This picture cannot be opened. Take it again, or save it as JPEG or PNG',
  ),
} satisfies Record<string, Bilingual>;

const Tool = ({ lang }: { lang: Lang }) => {
  const press = (part: 'add' | 'remove' | 'left' | 'right' | 'larger' | 'smaller' | 'move') => (
    <button type="button" class="btn btn-2 btn-s" data-part={part} aria-pressed={part === 'move' ? 'false' : undefined}>
      {words[part][lang]}
    </button>
  );
  return (
    <div class="cover" data-part="tool" hidden>
      <p class="small mb-3">
        {words.how[lang]} <b>{words.only[lang]}</b>
      </p>
      <div class="btns mb-3">
        {press('add')}
        {press('remove')}
        {press('left')}
        {press('right')}
        {press('larger')}
        {press('smaller')}
        {press('move')}
      </div>
      <div class="cover-view" data-part="view" role="group" tabindex={0} aria-label={words.view[lang]}>
        <div class="cover-stage" data-part="stage">
          <canvas data-part="picture" />
        </div>
      </div>
      <p class="small mb-4" role="status" data-part="status" />
      <div data-part="confirm">
        <Checks
          lang={lang}
          name="none-seen"
          label={words.confirm}
          need="required"
          options={[{ value: 'yes', label: words.confirmLabel }]}
        />
      </div>
    </div>
  );
};

/** The file and how its numbers were covered, which the form sends as `covered`. The property `covered` is the error for that. */
export const CoveredPicture = (props: FieldProps & { covered?: string }) => {
  const { lang, covered, ...field } = props;
  const says = Object.entries(sentences).map(([name, text]) => [`data-${name}`, text[lang]]);
  return (
    <cover-picture data-field={field.name} {...Object.fromEntries(says)}>
      <div data-part="picker">
        <TextField lang={lang} {...field} type="file" accept=".jpg,.jpeg,.png" />
      </div>
      <div data-part="problem" class="err mb-4" role="alert" hidden />
      <fieldset data-part="without">
        <Checks
          lang={lang}
          name="covered"
          label={words.stated}
          need="required"
          error={covered}
          options={[{ value: 'stated', label: words.statedLabel }]}
        />
      </fieldset>
      <Tool lang={lang} />
      <script type="module" src="/assets/cover.js"></script>
    </cover-picture>
  );
};
