// The routes of the desk for the company’s systems: register a request, write its events, read where it stands, write the sentences of the letters.

import type { z, Route } from '../../../platform/http/index.ts';
import type { Room } from '../../access/index.ts';
import type { paperSchema, requestSchema, requestsSchema, shownSchema } from './answers.ts';
import { eventRoutes, type bodies, type Made } from './events.ts';
import { requestRoutes, type openingSchema, type querySchema, type registerSchema } from './requests.ts';
import { textRoutes, type textsInput, type textsSchema } from './texts.ts';

/** The JSON of these routes, for the typed client. */
export interface DeskJson {
  texts: z.infer<typeof textsSchema>;
  textsChange: z.input<typeof textsInput>;
  registration: z.input<typeof registerSchema>;
  request: z.infer<typeof requestSchema>;
  requests: z.infer<typeof requestsSchema>;
  query: z.input<typeof querySchema>;
  opening: z.input<typeof openingSchema>;
  paper: z.infer<typeof paperSchema>;
  content: z.infer<typeof shownSchema>;
  events: { [E in Made]: z.input<(typeof bodies)[E]> };
}

/** Every route of the desk. */
export const deskRoutes = (desk: Room): Route[] => [...requestRoutes(desk), ...eventRoutes(desk), ...textRoutes(desk)];
