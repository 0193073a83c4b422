import { css, plane, type Frame, type Painter, type Rgb } from "./painter";

/** Soft light needs few pixels. */
const coarse = 0.2;

export interface Blob {
  x: number;
  y: number;
  radius: number;
  light: number;
}

/** Three lights: each drifts by itself, grows and brightens with its band. All in parts of the picture. */
export function blobsAt(time: number, energies: Float32Array, into: readonly Blob[]): void {
  into.forEach((blob, at) => {
    const energy = energies[at] ?? 0;
    const phase = at * 2.1;
    blob.x = 0.5 + (0.34 + 0.05 * energy) * Math.sin(time * (0.11 + at * 0.023) + phase);
    blob.y = 0.56 + 0.3 * Math.cos(time * (0.083 + at * 0.019) + phase * 1.6) - 0.1 * energy;
    blob.radius = 0.36 + 0.3 * energy;
    blob.light = 0.4 + 0.6 * energy;
  });
}

const vertex = "attribute vec2 p;void main(){gl_Position=vec4(p,0.,1.);}";
const fragment = `precision mediump float;
uniform vec2 size;uniform vec4 blobs[3];uniform vec3 colours[3];
float grain(vec2 p){return fract(sin(dot(p,vec2(12.9898,78.233)))*43758.5453);}
void main(){
  vec2 p=vec2(gl_FragCoord.x/size.x,1.-gl_FragCoord.y/size.y);
  vec3 sum=vec3(0.);float all=0.;
  for(int i=0;i<3;i++){
    vec2 d=(p-blobs[i].xy)*vec2(size.x/size.y*.62,1.);
    float f=exp(-dot(d,d)/(blobs[i].z*blobs[i].z)*2.6)*blobs[i].w;
    sum+=colours[i]*f;all+=f;
  }
  float a=min(1.,all)+(grain(gl_FragCoord.xy)-.5)/128.;
  gl_FragColor=vec4(sum/max(all,.001)*a,a);
}`;

function program(gl: WebGLRenderingContext): WebGLProgram | null {
  const made = gl.createProgram();
  for (const [kind, text] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
    const shader = gl.createShader(kind);
    if (!shader) return null;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  return gl.getProgramParameter(made, gl.LINK_STATUS) ? made : null;
}

const fresh = (): Blob[] => [0, 1, 2].map(() => ({ x: 0, y: 0, radius: 0, light: 0 }));
const three = ({ colours }: Frame): Rgb[] => [colours.mid, colours.accent, colours.wash];

function onGl(gl: WebGLRenderingContext, made: WebGLProgram): Painter {
  gl.useProgram(made);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 3, -1, -1, 3]), gl.STATIC_DRAW);
  const corner = gl.getAttribLocation(made, "p");
  gl.enableVertexAttribArray(corner);
  gl.vertexAttribPointer(corner, 2, gl.FLOAT, false, 0, 0);
  const [size, places, hues] = ["size", "blobs", "colours"].map((name) => gl.getUniformLocation(made, name));
  const blobs = fresh();
  const placed = new Float32Array(12);
  const coloured = new Float32Array(9);
  return {
    scale: coarse,
    draw(frame, width, height) {
      blobsAt(frame.time, frame.energies, blobs);
      blobs.forEach((blob, at) => placed.set([blob.x, blob.y, blob.radius, blob.light], at * 4));
      three(frame).forEach((colour, at) => coloured.set(colour.map((part) => part / 255), at * 3));
      gl.viewport(0, 0, width, height);
      gl.uniform2f(size ?? null, width, height);
      gl.uniform4fv(places ?? null, placed);
      gl.uniform3fv(hues ?? null, coloured);
      gl.drawArrays(gl.TRIANGLES, 0, 3);
    },
    dispose: () => gl.getExtension("WEBGL_lose_context")?.loseContext(),
  };
}

/** The same lights as gradients, for browsers without WebGL. */
function onPlane(canvas: HTMLCanvasElement): Painter {
  const context = plane(canvas);
  const blobs = fresh();
  return {
    scale: coarse,
    draw(frame, width, height) {
      blobsAt(frame.time, frame.energies, blobs);
      context.clearRect(0, 0, width, height);
      three(frame).forEach((colour, at) => {
        const { x = 0, y = 0, radius = 0, light = 0 } = blobs[at] ?? {};
        const far = radius * height * 1.5;
        const glow = context.createRadialGradient(x * width, y * height, 0, x * width, y * height, far);
        for (const [place, part] of [[0, 1], [0.3, 0.72], [0.6, 0.28], [1, 0]] as const) glow.addColorStop(place, css(colour, part * Math.min(1, light)));
        context.fillStyle = glow;
        context.fillRect(0, 0, width, height);
      });
    },
    dispose: () => undefined,
  };
}

export function aurora(canvas: HTMLCanvasElement): Painter {
  const gl = canvas.getContext("webgl", { alpha: true, premultipliedAlpha: true, antialias: false, depth: false, powerPreference: "low-power" });
  if (!gl) return onPlane(canvas);
  const made = program(gl);
  // A context that cannot compile cannot become a plane either: an empty picture, and the page goes on.
  return made ? onGl(gl, made) : { scale: coarse, draw: () => undefined, dispose: () => undefined };
}
