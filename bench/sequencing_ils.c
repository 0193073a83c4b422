/* Iterated local search for the ordering of tracks: the yardstick of bench/sequencing.py.
 *
 * First improvement over 2-opt, Or-opt (blocks of 1 to 3) and exchanges, double-bridge kicks within 50 places;
 * after a kick only places within reach of it are looked at again. It minimises exactly what Resonance does.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef int64_t num;

static num n, lags;
static const num *joint, *place, *lag, *apart; /* joint[n+1][n+1], place[n][n], lag[lags], apart[lags][n][n] */
static uint64_t state;

static num below(num count) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return (num)(state % (uint64_t)count);
}

/* What the places low..high pay, with every joint and pair that touches them. */
static num paid(const num *p, num low, num high) {
    num sum = 0;
    for (num k = low; k <= high; k++) sum += place[p[k] * n + k];
    for (num k = low; k <= high + 1; k++)
        if (k > 0 && k < n) sum += joint[p[k - 1] * (n + 1) + p[k]];
    for (num d = 0; d < lags; d++)
        for (num k = low; k <= high + lag[d] && k < n; k++)
            if (k >= lag[d]) sum += apart[(d * n + p[k - lag[d]]) * n + p[k]];
    return sum;
}

/* Keeps `next` between low and high if that is cheaper. */
static int better(num *p, const num *next, num low, num high, num *cost) {
    static num old[4096];
    num size = (high - low + 1) * (num)sizeof(num), before = paid(p, low, high);
    memcpy(old, p + low, size);
    memcpy(p + low, next, size);
    num after = paid(p, low, high);
    if (after < before) {
        *cost += after - before;
        return 1;
    }
    memcpy(p + low, old, size);
    return 0;
}

static void settle(num *p, num from, num to, num *cost) {
    static num next[4096];
    int again = 1;
    while (again) {
        again = 0;
        for (num i = from; i < to; i++) {
            for (num j = i + 1; j < to; j++) {
                for (num k = i; k <= j; k++) next[k - i] = p[i + j - k];
                again |= better(p, next, i, j, cost);
                if (j > i + 1) {
                    memcpy(next, p + i, (j - i + 1) * sizeof(num));
                    next[0] = p[j], next[j - i] = p[i];
                    again |= better(p, next, i, j, cost);
                }
            }
            for (num length = 1; length <= 3 && i + length <= to; length++)
                for (num j = from; j + length <= to; j++) {
                    if (j == i) continue;
                    num low = i < j ? i : j, high = (i > j ? i : j) + length - 1;
                    if (j > i) {
                        memcpy(next, p + i + length, (j - i) * sizeof(num));
                        memcpy(next + (j - i), p + i, length * sizeof(num));
                    } else {
                        memcpy(next, p + i, length * sizeof(num));
                        memcpy(next + length, p + j, (i - j) * sizeof(num));
                    }
                    again |= better(p, next, low, high, cost);
                }
        }
    }
}

/* Improves `order` for `seconds` of processor time; the price reached. `kicks` counts them. */
num ils(num size, const num *joints, const num *places, num distances, const num *distance, const num *spread,
        num *order, double seconds, num seed, num *kicks) {
    static num p[4096], tmp[4096];
    n = size, joint = joints, place = places, lags = distances, lag = distance, apart = spread;
    state = 88172645463325252ULL ^ ((uint64_t)seed * 2654435761ULL + 1);
    clock_t start = clock();
    num best = paid(order, 0, n - 1);
    settle(order, 0, n, &best);
    *kicks = 0;
    while ((double)(clock() - start) / CLOCKS_PER_SEC < seconds) {
        memcpy(p, order, n * sizeof(num));
        num width = n < 50 ? n : 50, at = below(n - width + 1), a = below(width + 1), b = below(width + 1), c = below(width + 1), t;
        if (a > b) t = a, a = b, b = t;
        if (b > c) t = b, b = c, c = t;
        if (a > b) t = a, a = b, b = t;
        if (a == b || b == c) continue;
        memcpy(tmp, p + at + b, (c - b) * sizeof(num));
        memcpy(tmp + c - b, p + at + a, (b - a) * sizeof(num));
        memcpy(p + at + a, tmp, (c - a) * sizeof(num));
        num cost = paid(p, 0, n - 1), low = at > 10 ? at - 10 : 0, high = at + width + 10 < n ? at + width + 10 : n;
        settle(p, low, high, &cost);
        ++*kicks;
        if (cost <= best) best = cost, memcpy(order, p, n * sizeof(num));
    }
    settle(order, 0, n, &best);
    return best;
}
