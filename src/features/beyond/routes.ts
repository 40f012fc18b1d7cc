// The pages of the uses beyond the purpose. There is no way to ask for one but by a person in the office, so that nothing here is JSON.

import type { Route } from '../../platform/http/index.ts';
import type { Room } from '../access/index.ts';
import { newPages } from './pages/new.tsx';
import { onePages } from './pages/one.tsx';

export const beyondRoutes = (room: Room): Route[] => [...newPages(room.office), ...onePages(room)];
