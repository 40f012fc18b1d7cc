// The pages of the uses beyond the purpose. Only a person in the office can ask for one, so there are no JSON routes.

import type { Route } from '../../platform/http/index.ts';
import type { Room } from '../access/index.ts';
import { newPages } from './pages/new.tsx';
import { onePages } from './pages/one.tsx';

export const beyondRoutes = (room: Room): Route[] => [...newPages(room.office), ...onePages(room)];
