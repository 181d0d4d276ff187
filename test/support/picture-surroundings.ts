/** Of the process that draws pictures, before anything is imported that draws: all colours, and one time zone. */
export const PICTURE_SURROUNDINGS = { FORCE_COLOR: '3', TZ: 'UTC' } as const;
