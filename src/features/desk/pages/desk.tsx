// Every page of the desk, and its public pages.

import type { Route } from '../../../platform/http/index.ts';
import { allPages } from './all.tsx';
import { boardPages } from './board.tsx';
import { casePages } from './case.tsx';
import { newPages } from './new.tsx';
import { paperPages } from './papers.tsx';
import { parcelPages } from './parcel.tsx';
import { publicPages } from './public.tsx';
import { reportPages } from './report.tsx';
import { sendingPages } from './sending.tsx';
import type { Room } from './sheet.tsx';
import { textFormPages } from './text-form.tsx';
import { textPages } from './texts.tsx';
import { webRequestPages } from './web-request.tsx';

export const deskPages = (room: Room): Route[] => [
  ...boardPages(room),
  ...allPages(room),
  ...newPages(room),
  ...paperPages(room),
  ...reportPages(room),
  ...textPages(room),
  ...textFormPages(room),
  ...sendingPages(room),
  ...casePages(room),
  ...publicPages(room),
  ...parcelPages(room),
  ...webRequestPages(room),
];
