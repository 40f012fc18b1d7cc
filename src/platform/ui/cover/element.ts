// `<cover-picture>`: opens the chosen file here, lets the person cover numbers with black boxes, and sends only the covered picture. The field of
// the chosen file has no name, so no way of submitting the form can include the file itself.

import { boxAround, boxBetween, moved, pressed, stretched, turned, type Box, type Point } from './boxes.ts';
import { coveredFile, drawPicture, openPicture, type Quarters } from './picture.ts';

/** Names used in `data-part` in the server's markup. */
type Part =
  | 'picker'
  | 'without'
  | 'tool'
  | 'view'
  | 'stage'
  | 'picture'
  | 'add'
  | 'remove'
  | 'left'
  | 'right'
  | 'larger'
  | 'smaller'
  | 'move'
  | 'status'
  | 'confirm'
  | 'problem';

/** Zoom steps: picture width as a multiple of the view, from the whole picture to the smallest print. */
const zooms = [1, 1.5, 2, 3, 4];
/** Size of a box that a button adds: about that of a number on a card. */
const PUT = { width: 0.3, height: 0.06 };

/** A box and the element that shows it. */
interface Placed {
  box: Box;
  at: HTMLElement;
}

/** A drag in progress, by finger or mouse. */
interface Drag {
  from: Point;
  /** The box before the drag; undefined while drawing a new one. */
  was: Box | undefined;
  on: Placed | undefined;
  stretches: boolean;
}

interface Tool {
  host: HTMLElement;
  form: HTMLFormElement;
  picker: HTMLInputElement;
  /** Null until a picture is open. */
  picture: ImageBitmap | null;
  quarters: Quarters;
  boxes: Placed[];
  /** Index in `zooms`. */
  zoom: number;
  /** The box that had the focus last. */
  inHand: Element | null;
  drag: Drag | null;
  /** The covered picture is in the form, which may now be sent. */
  ready: boolean;
}

/** Adds a listener that is removed with the element. */
type On = (target: EventTarget, type: string, act: (event: never) => void) => void;

const partOf = ({ host }: Pick<Tool, 'host'>, name: Part): HTMLElement => host.querySelector(`[data-part=${name}]`)!;

const enable = (tool: Tool, name: Part, is: boolean): void => {
  (partOf(tool, name) as HTMLButtonElement).disabled = !is;
};

/** A message in the page's language, from the server's markup. */
const said = ({ host }: Tool, name: string, n = 0): string => (host.dataset[name] ?? '').replace('{n}', String(n));

/** Shows a problem next to where it is corrected; an empty text removes it. */
function tell(tool: Tool, problem: string, at?: HTMLElement): void {
  const place = partOf(tool, 'problem');
  place.textContent = problem === '' ? '' : `＊${problem}`;
  place.hidden = problem === '';
  at?.focus();
}

function place({ box, at }: Placed): void {
  for (const [side, share] of Object.entries({ left: box.x, top: box.y, width: box.width, height: box.height }))
    at.style.setProperty(side, `${share * 100}%`);
}

/** Shows the number of boxes, and asks for the confirmation when there are none. */
function count(tool: Tool): void {
  const n = tool.boxes.length;
  tool.boxes.forEach(({ at }, i) => at.setAttribute('aria-label', said(tool, 'box', i + 1)));
  partOf(tool, 'status').textContent = said(tool, n === 0 ? 'none' : n === 1 ? 'one' : 'many', n);
  partOf(tool, 'confirm').hidden = n > 0;
  enable(tool, 'remove', n > 0);
  tell(tool, '');
}

function put(tool: Tool, box: Box): Placed {
  const at = document.createElement('button');
  at.type = 'button';
  at.className = 'cover-box';
  const grip = document.createElement('span');
  grip.className = 'cover-grip';
  at.append(grip);
  const placed = { box, at };
  tool.boxes.push(placed);
  partOf(tool, 'stage').append(at);
  place(placed);
  count(tool);
  at.focus({ preventScroll: true });
  return placed;
}

const boxAt = ({ boxes }: Tool, at: Element | null): Placed | undefined => boxes.find((one) => one.at === at);

function remove(tool: Tool, one: Placed | undefined): void {
  if (!one) return;
  tool.boxes = tool.boxes.filter((other) => other !== one);
  one.at.remove();
  count(tool);
  (tool.boxes.at(-1)?.at ?? partOf(tool, 'add')).focus({ preventScroll: true });
}

function show(tool: Tool): void {
  const { picture, quarters, boxes } = tool;
  if (picture) drawPicture(partOf(tool, 'picture') as HTMLCanvasElement, picture, quarters);
  boxes.forEach(place);
}

function turn(tool: Tool, times: Quarters): void {
  tool.quarters = ((tool.quarters + times) % 4) as Quarters;
  for (const one of tool.boxes) for (let i = 0; i < times; i++) one.box = turned(one.box);
  show(tool);
}

/** The centre of the visible part, in picture coordinates. */
function middleOf(tool: Tool): Point {
  const view = partOf(tool, 'view');
  return {
    x: (view.scrollLeft + view.clientWidth / 2) / view.scrollWidth,
    y: (view.scrollTop + view.clientHeight / 2) / view.scrollHeight,
  };
}

function zoomTo(tool: Tool, zoom: number): void {
  const middle = middleOf(tool);
  const view = partOf(tool, 'view');
  tool.zoom = Math.min(Math.max(zoom, 0), zooms.length - 1);
  partOf(tool, 'stage').style.setProperty('width', `${zooms[tool.zoom]! * 100}%`);
  enable(tool, 'larger', tool.zoom < zooms.length - 1);
  enable(tool, 'smaller', tool.zoom > 0);
  view.scrollTo(
    middle.x * view.scrollWidth - view.clientWidth / 2,
    middle.y * view.scrollHeight - view.clientHeight / 2,
  );
}

function close(tool: Tool): void {
  tool.picture?.close();
  tool.picture = null;
  for (const { at } of tool.boxes) at.remove();
  tool.boxes = [];
  tool.quarters = 0;
  partOf(tool, 'tool').hidden = true;
}

async function choose(tool: Tool): Promise<void> {
  close(tool);
  tell(tool, '');
  const file = tool.picker.files?.[0];
  if (!file) return;
  const picture = await openPicture(file).catch(() => null);
  if (!picture) {
    tell(tool, said(tool, file.type === 'application/pdf' ? 'pdf' : 'unopened'), tool.picker);
    return;
  }
  tool.picture = picture;
  partOf(tool, 'tool').hidden = false;
  show(tool);
  zoomTo(tool, 0);
  count(tool);
}

/** Puts the covered picture into the form and submits it; further presses meanwhile do nothing. */
async function send(tool: Tool, by: HTMLElement | null): Promise<void> {
  const { host, form, picture, quarters, boxes } = tool;
  const agreed = partOf(tool, 'confirm').querySelector('input')!;
  if (!picture) {
    tell(tool, said(tool, 'choose'), tool.picker);
    return;
  }
  if (boxes.length === 0 && !agreed.checked) {
    tell(tool, said(tool, 'confirm'), agreed);
    return;
  }
  if (host.getAttribute('aria-busy') === 'true') return;
  host.setAttribute('aria-busy', 'true');
  const files = new DataTransfer();
  const covers = boxes.map(({ box }) => box);
  files.items.add(await coveredFile(picture, quarters, covers));
  const file = document.createElement('input');
  Object.assign(file, { type: 'file', name: host.dataset['field'], hidden: true, files: files.files });
  const how = document.createElement('input');
  Object.assign(how, { type: 'hidden', name: 'covered', value: boxes.length > 0 ? 'here' : 'none-seen' });
  form.append(file, how);
  tool.ready = true;
  form.requestSubmit(by);
  // If it is sent again, for example after no answer, the picture is covered anew: boxes may have been added.
  tool.ready = false;
  file.remove();
  how.remove();
  host.removeAttribute('aria-busy');
}

function onButtons(tool: Tool, on: On): void {
  const press = (name: Part, act: () => void): void => on(partOf(tool, name), 'click', act);
  press('add', () => {
    const share = zooms[tool.zoom]!;
    put(tool, boxAround(middleOf(tool), PUT.width / share, PUT.height / share));
  });
  press('remove', () => remove(tool, boxAt(tool, tool.inHand) ?? tool.boxes.at(-1)));
  press('left', () => turn(tool, 3));
  press('right', () => turn(tool, 1));
  press('larger', () => zoomTo(tool, tool.zoom + 1));
  press('smaller', () => zoomTo(tool, tool.zoom - 1));
  press('move', () => {
    const moves = partOf(tool, 'stage').classList.toggle('cover-moves');
    partOf(tool, 'move').setAttribute('aria-pressed', String(moves));
  });
}

function onKeys(tool: Tool, on: On): void {
  const stage = partOf(tool, 'stage');
  on(stage, 'focusin', ({ target }: FocusEvent) => {
    tool.inHand = (target as Element).closest('.cover-box');
  });
  on(stage, 'keydown', (event: KeyboardEvent) => {
    const one = boxAt(tool, (event.target as Element).closest('.cover-box'));
    if (!one) return;
    const gone = event.key === 'Delete' || event.key === 'Backspace';
    const box = pressed(one.box, event);
    if (!gone && !box) return;
    event.preventDefault();
    if (gone) remove(tool, one);
    else one.box = box!;
    place(one);
  });
}

function dragTo(tool: Tool, to: Point): void {
  const { drag } = tool;
  if (!drag) return;
  const by = { x: to.x - drag.from.x, y: to.y - drag.from.y };
  const drawn = drag.was ? (drag.stretches ? stretched : moved)(drag.was, by) : boxBetween(drag.from, to);
  if (!drawn) return;
  drag.on ??= put(tool, drawn);
  drag.on.box = drawn;
  place(drag.on);
}

function onPointer(tool: Tool, on: On): void {
  const stage = partOf(tool, 'stage');
  const pointOf = ({ clientX, clientY }: PointerEvent): Point => {
    const { left, top, width, height } = stage.getBoundingClientRect();
    return { x: (clientX - left) / width, y: (clientY - top) / height };
  };
  on(stage, 'pointerdown', (event: PointerEvent) => {
    if (event.button !== 0 || !event.isPrimary || stage.classList.contains('cover-moves')) return;
    const target = event.target as Element;
    const one = boxAt(tool, target.closest('.cover-box'));
    tool.drag = {
      from: pointOf(event),
      was: one?.box,
      on: one,
      stretches: target.classList.contains('cover-grip'),
    };
    stage.setPointerCapture(event.pointerId);
    one?.at.focus({ preventScroll: true });
    event.preventDefault();
  });
  on(stage, 'pointermove', (event: PointerEvent) => dragTo(tool, pointOf(event)));
  for (const type of ['pointerup', 'pointercancel']) {
    on(stage, type, () => {
      tool.drag = null;
    });
  }
}

/** Activates the server's markup. Returns a function that detaches everything. */
function start(host: HTMLElement): () => void {
  const picker = host.querySelector<HTMLInputElement>('[data-part=picker] input')!;
  const tool: Tool = {
    host,
    form: host.closest('form')!,
    picker,
    picture: null,
    quarters: 0,
    boxes: [],
    zoom: 0,
    inHand: null,
    drag: null,
    ready: false,
  };
  const ending = new AbortController();
  const on: On = (target, type, act) => {
    target.addEventListener(type, act as (event: Event) => void, { signal: ending.signal });
  };
  picker.removeAttribute('name');
  const without = partOf(tool, 'without') as HTMLFieldSetElement;
  without.disabled = true;
  without.hidden = true;
  close(tool);
  on(picker, 'change', () => void choose(tool));
  on(tool.form, 'submit', (event: SubmitEvent) => {
    if (tool.ready) return;
    event.preventDefault();
    void send(tool, event.submitter);
  });
  onButtons(tool, on);
  onKeys(tool, on);
  onPointer(tool, on);
  return () => {
    ending.abort();
    close(tool);
  };
}

class CoverPicture extends HTMLElement {
  #end: (() => void) | undefined;

  connectedCallback(): void {
    this.#end = start(this);
  }

  disconnectedCallback(): void {
    this.#end?.();
  }
}

customElements.define('cover-picture', CoverPicture);
