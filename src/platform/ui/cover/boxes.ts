// Where the black boxes lie on a picture, as shares of its width and height from the upper left corner. Pure.

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

/** Less than this share of a side is a slip of the hand and no box. */
const LEAST = 0.005;
/** How far one press of a key goes, as a share of a side. */
const STEP = 0.01;

const between = (least: number, value: number, most: number): number => Math.min(Math.max(value, least), most);

/** The box with one corner at each point; none where it would be a slip. */
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

/** The box moved, never out of the picture. */
export const moved = (box: Box, by: Point): Box => ({
  ...box,
  x: between(0, box.x + by.x, 1 - box.width),
  y: between(0, box.y + by.y, 1 - box.height),
});

/** The box with its lower right corner moved. */
export const stretched = (box: Box, by: Point): Box => ({
  ...box,
  width: between(STEP, box.width + by.x, 1 - box.x),
  height: between(STEP, box.height + by.y, 1 - box.y),
});

/** Where a box lies once the picture has been turned by a quarter, to the right. */
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

/** What a key makes of a box: arrows move it, with Shift they move its lower right corner. Nothing for any other key. */
export function pressed(box: Box, { key, shiftKey }: { key: string; shiftKey: boolean }): Box | undefined {
  const by = arrows[key];
  return by && (shiftKey ? stretched(box, by) : moved(box, by));
}
