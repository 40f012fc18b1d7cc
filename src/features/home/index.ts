// The door of home.

export { homeRoutes, type HomeDoors } from './pages.tsx';
