// A picture on a canvas, for display and for sending. It is redrawn from its pixels, so that nothing else in the file is sent, neither its location
// nor the thumbnail.

import type { Box } from './boxes.ts';

/** Pixels of the longer side, enough for the small print on a card. */
const MOST_SIDE = 2400;
const QUALITY = 0.9;

/** Number of quarter turns to the right: 0 to 3. */
export type Quarters = 0 | 1 | 2 | 3;

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('cover: no canvas');
  return context;
}

/**
 * Opens a file as a picture in the orientation its camera recorded; browsers do so by default, and older ones reject the option. Rejects when the
 * file is not a picture.
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

/** Draws the picture onto the canvas and sets the canvas to its size. */
export function drawPicture(canvas: HTMLCanvasElement, picture: ImageBitmap, quarters: Quarters): void {
  const upright = quarters % 2 === 0;
  canvas.width = upright ? picture.width : picture.height;
  canvas.height = upright ? picture.height : picture.width;
  const context = contextOf(canvas);
  // Transparent parts become white, as on paper: the file that is sent has no transparency.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((quarters * Math.PI) / 2);
  context.drawImage(picture, -picture.width / 2, -picture.height / 2);
}

/** The picture with black boxes, as a new file with a neutral name. */
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
