import { wholeSize, type Frame } from "./camera";
import type { Drawer } from "./drawer";
import { dotOf, hazeOf } from "./paint";
import type { MapPoints } from "./points";

const dots = {
  vertex: `#version 300 es
    in float x; in float y; in vec4 colour;
    uniform vec2 middle, scale; uniform float size;
    out vec4 tint;
    void main() {
      gl_Position = vec4((x - middle.x) * scale.x, (middle.y - y) * scale.y, 0.0, 1.0);
      gl_PointSize = size;
      tint = colour;
    }`,
  fragment: `#version 300 es
    precision highp float;
    in vec4 tint; uniform float strength, size; out vec4 seen;
    void main() {
      float far = length(gl_PointCoord - 0.5) * size;
      float a = tint.a * strength * clamp(size * 0.5 - far + 0.5, 0.0, 1.0);
      seen = vec4(tint.rgb * a, a);
    }`,
};
const haze = {
  vertex: `#version 300 es
    in vec2 corner; uniform vec2 middle, scale; out vec2 at;
    void main() {
      gl_Position = vec4((corner.x - middle.x) * scale.x, (middle.y - corner.y) * scale.y, 0.0, 1.0);
      at = corner;
    }`,
  fragment: `#version 300 es
    precision highp float;
    in vec2 at; uniform sampler2D glow; uniform float strength; out vec4 seen;
    void main() { seen = texture(glow, at) * strength; }`,
};

function program(gl: WebGL2RenderingContext, { vertex, fragment }: { vertex: string; fragment: string }): WebGLProgram {
  const made = gl.createProgram();
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) throw new Error("no shader");
    gl.shaderSource(shader, text.trim());
    gl.compileShader(shader);
    gl.attachShader(made, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made) ?? "shader");
  return made;
}

/** null where the browser has no WebGL 2, or only one without a graphics card: that is slower than setting points by hand. */
export function glDrawer(canvas: HTMLCanvasElement): Drawer | null {
  const gl = canvas.getContext("webgl2", { alpha: true, antialias: false, depth: false, powerPreference: "low-power", failIfMajorPerformanceCaveat: true });
  if (!gl) return null;
  const point = program(gl, dots);
  const glow = program(gl, haze);
  const place = (of: WebGLProgram, name: string) => gl.getUniformLocation(of, name);
  const pointAt = { middle: place(point, "middle"), scale: place(point, "scale"), size: place(point, "size"), strength: place(point, "strength") };
  const glowAt = { middle: place(glow, "middle"), scale: place(glow, "scale"), strength: place(glow, "strength") };
  const buffers = { x: gl.createBuffer(), y: gl.createBuffer(), colour: gl.createBuffer(), corner: gl.createBuffer() };
  const attribute = (of: WebGLProgram, name: keyof typeof buffers, size: number, type: number): void => {
    const at = gl.getAttribLocation(of, name);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers[name]);
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, size, type, type !== gl.FLOAT, 0, 0);
  };
  const pointShape = gl.createVertexArray();
  gl.bindVertexArray(pointShape);
  attribute(point, "x", 1, gl.UNSIGNED_SHORT);
  attribute(point, "y", 1, gl.UNSIGNED_SHORT);
  attribute(point, "colour", 4, gl.UNSIGNED_BYTE);
  const glowShape = gl.createVertexArray();
  gl.bindVertexArray(glowShape);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffers.corner);
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([0, 0, 1, 0, 0, 1, 1, 1]), gl.STATIC_DRAW);
  attribute(glow, "corner", 2, gl.FLOAT);
  const texture = gl.createTexture();
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);

  let points: MapPoints | null = null;
  let coloured = false;
  let frame: Frame = { width: 1, height: 1 };
  let ratio = 1;
  const fill = (buffer: WebGLBuffer | null, data: ArrayBufferView): void => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
  };

  return {
    kind: "webgl",
    resize(next, nextRatio) {
      [frame, ratio] = [next, nextRatio];
      canvas.width = Math.max(1, Math.round(next.width * nextRatio));
      canvas.height = Math.max(1, Math.round(next.height * nextRatio));
      gl.viewport(0, 0, canvas.width, canvas.height);
    },
    setPoints(next) {
      points = next;
      coloured = false;
      fill(buffers.x, next.x);
      fill(buffers.y, next.y);
    },
    setColours(colours) {
      if (!points) return;
      fill(buffers.colour, colours);
      coloured = true;
      const { side, bytes } = hazeOf(points, colours);
      gl.bindTexture(gl.TEXTURE_2D, texture);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, side, side, 0, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
      for (const [what, how] of [
        [gl.TEXTURE_MIN_FILTER, gl.LINEAR],
        [gl.TEXTURE_MAG_FILTER, gl.LINEAR],
        [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE],
        [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE],
      ] as const)
        gl.texParameteri(gl.TEXTURE_2D, what, how);
    },
    draw({ x, y, zoom }) {
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      if (!points || !coloured) return;
      const size = wholeSize(frame);
      const scale = [(2 * size.width * zoom) / frame.width, (2 * size.height * zoom) / frame.height] as const;
      gl.useProgram(glow);
      gl.bindVertexArray(glowShape);
      gl.uniform2f(glowAt.middle, x, y);
      gl.uniform2f(glowAt.scale, ...scale);
      gl.uniform1f(glowAt.strength, Math.max(0, 1 - Math.max(0, zoom - 1.5) / 4));
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
      const dot = dotOf(points.count, zoom);
      gl.useProgram(point);
      gl.bindVertexArray(pointShape);
      gl.uniform2f(pointAt.middle, x, y);
      gl.uniform2f(pointAt.scale, ...scale);
      gl.uniform1f(pointAt.size, dot.size * ratio);
      gl.uniform1f(pointAt.strength, dot.strength);
      gl.drawArrays(gl.POINTS, 0, points.count);
    },
    dispose() {
      for (const buffer of Object.values(buffers)) gl.deleteBuffer(buffer);
      gl.deleteTexture(texture);
      gl.deleteProgram(point);
      gl.deleteProgram(glow);
    },
  };
}
