import { Maximize2, ZoomIn, ZoomOut } from 'lucide-react';
import { IconButton } from '../shared/Button.tsx';
import type { PanAndZoom } from './use-pan-and-zoom.ts';

/** The size of the picture: smaller, whole, larger. */
export function ZoomButtons({ canZoomIn, canZoomOut, zoomIn, zoomOut, fit }: PanAndZoom) {
  return (
    <div role="group" aria-label="Size of the picture" className="flex">
      <IconButton size="small" label="Zoom out" icon={<ZoomOut size={14} />} disabled={!canZoomOut} onClick={zoomOut} />
      <IconButton size="small" label="Zoom in" icon={<ZoomIn size={14} />} disabled={!canZoomIn} onClick={zoomIn} />
      <IconButton size="small" label="Show the whole picture" icon={<Maximize2 size={14} />} onClick={fit} />
    </div>
  );
}
