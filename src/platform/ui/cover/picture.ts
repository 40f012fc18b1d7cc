// A picture on a canvas, as it is shown and as it is sent: drawn anew from its pixels, so that nothing else of its file goes along, neither the
// place it was taken at nor the small picture inside it.

import type { Box } from './boxes.ts';

/** Pixels of the longer side: as many as small print on a card needs. */
const MOST_SIDE = 2400;
const QUALITY = 0.9;

/** How often the picture was turned to the right by a quarter: 0 to 3. */
export type Quarters = 0 | 1 | 2 | 3;

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('cover: no canvas');
  return context;
}

/**
 * Opens a file as a picture, the way up its camera says: so does every browser that is not told to, and older ones refuse to be told. Rejects what
 * is none.
 */
export async function openPicture(file: Blob): Promise<ImageBitmap> {
  const whole = await createImageBitmap(file);
  const scale = MOST_SIDE / Math.max(whole.width, whole.height);
  if (scale >= 1) return whole;
  const size = { resizeWidth: Math.round(whole.width * scale), resizeHeight: Math.round(whole.height * scale) };
  const small = await createImageBitmap(whole, { ...size, resizeQuality: 'high' });
  whole.close();
  return small;
}

/** Draws the picture onto the canvas, which takes its size. */
export function drawPicture(canvas: HTMLCanvasElement, picture: ImageBitmap, quarters: Quarters): void {
  const upright = quarters % 2 === 0;
  canvas.width = upright ? picture.width : picture.height;
  canvas.height = upright ? picture.height : picture.width;
  const context = contextOf(canvas);
  // What is seen through is white, as on paper: the file that is sent cannot be seen through.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((quarters * Math.PI) / 2);
  context.drawImage(picture, -picture.width / 2, -picture.height / 2);
}

/** The picture with its boxes black, as a new file under a name that says nothing. */
export async function coveredFile(picture: ImageBitmap, quarters: Quarters, boxes: readonly Box[]): Promise<File> {
  const canvas = document.createElement('canvas');
  drawPicture(canvas, picture, quarters);
  const context = contextOf(canvas);
  context.resetTransform();
  context.fillStyle = '#000';
  for (const { x, y, width, height } of boxes) {
    const [left, top] = [Math.floor(x * canvas.width), Math.floor(y * canvas.height)];
    const right = Math.ceil((x + width) * canvas.width);
    const bottom = Math.ceil((y + height) * canvas.height);
    context.fillRect(left, top, right - left, bottom - top);
  }
  const blob = await new Promise<Blob | null>((done) => {
    canvas.toBlob(done, 'image/jpeg', QUALITY);
  });
  if (!blob) throw new Error('cover: no picture came of the canvas');
  return new File([blob], 'copy.jpg', { type: 'image/jpeg' });
}
