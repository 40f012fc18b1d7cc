// Positions of the black boxes on a picture, as fractions of its width and height from the upper left corner. Pure.

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** A box smaller than this fraction of a side is a slip of the hand and ignored. */
const LEAST = 0.005;
/** Movement per key press, as a fraction of a side. */
const STEP = 0.01;

const between = (least: number, value: number, most: number): number => Math.min(Math.max(value, least), most);

/** The box with corners at these two points; undefined if it would be too small. */
export function boxBetween(a: Point, b: Point): Box | undefined {
  const left = between(0, Math.min(a.x, b.x), 1);
  const top = between(0, Math.min(a.y, b.y), 1);
  const width = between(0, Math.max(a.x, b.x), 1) - left;
  const height = between(0, Math.max(a.y, b.y), 1) - top;
  return width < LEAST || height < LEAST ? undefined : { x: left, y: top, width, height };
}

export const boxAround = ({ x, y }: Point, width: number, height: number): Box => ({
  x: between(0, x - width / 2, 1 - width),
  y: between(0, y - height / 2, 1 - height),
  width,
  height,
});

/** The box, moved but kept inside the picture. */
export const moved = (box: Box, by: Point): Box => ({
  ...box,
  x: between(0, box.x + by.x, 1 - box.width),
  y: between(0, box.y + by.y, 1 - box.height),
});

/** The box, with its lower right corner moved. */
export const stretched = (box: Box, by: Point): Box => ({
  ...box,
  width: between(STEP, box.width + by.x, 1 - box.x),
  height: between(STEP, box.height + by.y, 1 - box.y),
});

/** The position of a box after the picture has been turned right by a quarter. */
export const turned = ({ x, y, width, height }: Box): Box => ({
  x: 1 - y - height,
  y: x,
  width: height,
  height: width,
});

const arrows: Record<string, Point> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};

/** The box after a key press: arrows move it, and with Shift move its lower right corner. Undefined for any other key. */
export function pressed(box: Box, { key, shiftKey }: { key: string; shiftKey: boolean }): Box | undefined {
  const by = arrows[key];
  return by && (shiftKey ? stretched(box, by) : moved(box, by));
}
